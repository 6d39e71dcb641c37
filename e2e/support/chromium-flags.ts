/**
 * Parts of the browser that no page needs. The first two are pages that Chromium draws behind the address bar of each
 * window: without them somebody enters a room in two thirds of the time. The others repeat what Playwright turns off,
 * because of two such flags the last one counts.
 */
const unneeded = [
  'WebUIOmniboxPopup',
  'WebUIOmniboxAimPopup',
  'AimEnabled',
  'DestroyProfileOnBrowserClose',
  'HttpsFirstBalancedModeAutoEnable',
  'HttpsUpgrades',
  'LensOverlay',
  'MediaRouter',
  'OptimizationHints',
];

/** Chromium without sandbox and graphics card, quiet about everything that isn't asked for. */
export const plainFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  `--disable-features=${unneeded.join(',')}`,
];

/** A drawn camera, few pictures a second for the sake of the machine, and a microphone that beeps about once a second. */
export const fakeDevices = '--use-fake-device-for-media-stream=fps=10';

/** Every question about devices and screens is answered with yes. */
const permissionGranted = '--use-fake-ui-for-media-stream';

/** Sound is played before anybody touches the page. */
export const soundAllowed = '--autoplay-policy=no-user-gesture-required';

/** The browser of most tests. */
export const chromiumFlags = [...plainFlags, fakeDevices, permissionGranted, soundAllowed];

/** Without a window Chromium calls itself HeadlessChrome, by which alone nobody can tell what it is able to do. */
export const headfulUserAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
