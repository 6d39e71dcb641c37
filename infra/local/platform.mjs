// What the operating system decides before anything is installed: plain JavaScript, like bootstrap.mjs.

/** What each program is for, and the Homebrew formula that has it. */
const fromBrew = [
  { commands: ['redis-server', 'valkey-server'], formula: 'redis' },
  { commands: ['haproxy'], formula: 'haproxy' },
];

/**
 * How this operating system gets its packages, or why it can't.
 *
 * @param {string} platform as in `process.platform`
 * @param {(command: string) => boolean} has whether PATH has a program
 * @returns {{ refusal?: string, hints: string[], installFlags: string[] }} `refusal` ends the start; `hints` are said,
 *   and the start goes on, because a setting such as `REDIS_URL` may make up for what is missing.
 */
export function platformPlan(platform, has) {
  // The lock file was made on Linux and names optional packages of Linux only. Every direct version is exact without it.
  if (platform === 'darwin') return { hints: brewHints(has), installFlags: ['--no-lockfile'] };
  const installFlags = ['--frozen-lockfile'];
  if (platform === 'linux') return { hints: [], installFlags };
  const elsewhere = 'open the checkout in its dev container, or in Linux of your own';
  const refusal =
    platform === 'win32'
      ? 'This is Windows: run it in WSL 2 (wsl --install, then the same commands in there), or open it in its dev container.'
      : `The local cluster runs on Linux and macOS, not on ${platform}: ${elsewhere}.`;
  return { refusal, hints: [], installFlags };
}

function brewHints(has) {
  const missing = fromBrew.filter(({ commands }) => !commands.some(has)).map(({ formula }) => formula);
  const untried = 'macOS is deduced, not tried: the README says what runs where.';
  return missing.length === 0
    ? [untried]
    : [untried, `Homebrew has what is missing: brew install ${missing.join(' ')}`];
}
