import { OpenVidu } from '@evercall/client';

let shared: OpenVidu | undefined;

/** The one that all hooks of a page use; set its advanced configuration before the first session. */
export function pageOpenVidu(): OpenVidu {
  shared ??= new OpenVidu();
  return shared;
}
