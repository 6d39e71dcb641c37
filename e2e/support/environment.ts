/** Where the cluster under test is. `npm test` sets these; by default it is the one that `npm start` runs. */
export const environment = {
  webUrl: process.env.E2E_WEB_URL ?? 'http://localhost:5080',
  apiUrl: process.env.E2E_API_URL ?? 'http://localhost:4443',
  secret: process.env.E2E_SECRET ?? 'MY_SECRET',
  masters: (process.env.E2E_MASTERS ?? 'http://127.0.0.1:4501,http://127.0.0.1:4502').split(','),
  chrome: process.env.CHROME_BIN ?? '/usr/bin/chromium',
};

/** `Authorization` of the REST API. */
export const authorization = `Basic ${Buffer.from(`OPENVIDUAPP:${environment.secret}`).toString('base64')}`;

let rooms = 0;

/** A room name that no other test has. */
export function newRoom(): string {
  rooms += 1;
  return `e2e-${process.pid}-${Date.now().toString(36)}-${rooms}`;
}
