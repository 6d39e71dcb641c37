import * as Evercall from './index.js';

declare global {
  interface Window {
    OpenVidu: typeof Evercall.OpenVidu;
    Evercall: typeof Evercall;
  }
}

// Pages without a bundler find the class where OpenVidu's own script puts it, and everything else beside it.
window.OpenVidu = Evercall.OpenVidu;
window.Evercall = Evercall;
