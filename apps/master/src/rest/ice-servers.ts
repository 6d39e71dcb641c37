import { createHmac, randomBytes } from 'node:crypto';
import { isIP } from 'node:net';
import type { IceServer } from '@evercall/protocol';
import { z } from 'zod';

/** Seconds for which generated TURN credentials are good. */
const credentialSeconds = 86_400;
const pattern = /^(stuns?|turns?):(\[[0-9a-fA-F:]+\]|[^:?[\]]+)(?::(\d{1,5}))?(?:\?transport=(udp|tcp))?$/;
/** Names, not numbers alone: those are addresses, and wrong ones when they get here. */
const domain =
  /^(?=.{1,253}$)(?!.*(?:^|\.)\d+$)([A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

const CustomIceServer = z
  .object({
    url: z.string(),
    username: z.string().nullish(),
    credential: z.string().nullish(),
    staticAuthSecret: z.string().nullish(),
  })
  .superRefine(({ url, username, credential, staticAuthSecret }, context) => {
    const wrong = (path: string, message: string) =>
      context.addIssue({ code: 'custom', path: [path], message });
    const [, scheme = '', host = '', port, transport] = pattern.exec(url) ?? [];
    const isHost = isIP(host.replace(/^\[|\]$/g, '')) > 0 || domain.test(host);
    const isPort = port === undefined || (Number(port) >= 1 && Number(port) <= 65_535);
    if (!scheme || !isHost || !isPort) return wrong('url', 'not the URL of a STUN or TURN server');
    if (scheme.startsWith('stun')) {
      if (transport) wrong('url', 'a STUN URL has no query');
      if (username || credential || staticAuthSecret) wrong('url', 'a STUN server has no credentials');
      return undefined;
    }
    const both = Boolean(username && credential);
    const either = Boolean(username || credential);
    const right = staticAuthSecret ? !either : both;
    if (!right) wrong('username', 'a TURN server needs username and credential, or staticAuthSecret alone');
    return undefined;
  });

/** `customIceServers` of a connection (contract 1.2). */
export const CustomIceServers = z.array(CustomIceServer);

/** What the browser gets: with `staticAuthSecret`, credentials as coturn's REST API wants them. */
export function toIceServers(servers: z.infer<typeof CustomIceServers>, now: number): IceServer[] {
  return servers.map(({ url, username, credential, staticAuthSecret }) => {
    if (!staticAuthSecret) {
      return { url, ...(username ? { username } : {}), ...(credential ? { credential } : {}) };
    }
    const name = `${Math.floor(now / 1000) + credentialSeconds}:${randomBytes(4).toString('hex')}`;
    return {
      url,
      username: name,
      credential: createHmac('sha1', staticAuthSecret).update(name).digest('base64'),
    };
  });
}
