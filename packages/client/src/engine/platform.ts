/** The part of `navigator` that says what browser this is. */
export interface UserAgent {
  userAgent: string;
  /** Not every browser has it, and TypeScript's library doesn't know it. */
  userAgentData?: { brands?: { brand: string; version: string }[]; platform?: string };
}

const browsers: [name: string, pattern: RegExp][] = [
  ['Edge', /Edg(?:e|A|iOS)?\/(\d+)/],
  ['Opera', /OPR\/(\d+)/],
  ['Samsung Internet', /SamsungBrowser\/(\d+)/],
  ['Firefox', /(?:Firefox|FxiOS)\/(\d+)/],
  ['Chrome', /(?:HeadlessChrome|Chrome|CriOS)\/(\d+)/],
  ['Safari', /Version\/(\d+).*Safari/],
];

const systems: [name: string, pattern: RegExp][] = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad|iPod/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
];

/** Browser and system for people to read: `Chrome 156 on Linux`. */
export function platformOf(agent: UserAgent): string {
  const text = agent.userAgent;
  const browser = browsers.map(([name, pattern]) => ({ name, version: pattern.exec(text)?.[1] }));
  const found = browser.find((candidate) => candidate.version !== undefined);
  const system = agent.userAgentData?.platform || systems.find(([, pattern]) => pattern.test(text))?.[0];
  return `${found ? `${found.name} ${found.version}` : 'Unknown browser'} on ${system ?? 'unknown system'}`;
}
