/** How an operating system gets its packages, or why it can't: see platform.mjs. */
export function platformPlan(
  platform: string,
  has: (command: string) => boolean,
): { refusal?: string; hints: string[]; installFlags: string[] };
