import { join } from 'node:path';
import { hasApt } from '../system/debian-packages.ts';
import { findProgram } from '../system/find-program.ts';
import { LaunchError } from '../system/launch-error.ts';
import { root } from '../system/paths.ts';
import { ensureProgram, type Program } from '../system/program.ts';
import { run } from '../system/run.ts';

const hint = 'install Chromium or Google Chrome, or set CHROME_BIN to one';
const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const unpackedChromium: Program = {
  name: 'chromium',
  commands: [],
  debianPackage: 'chromium',
  file: 'usr/lib/chromium/chromium',
  hint,
};
const MINUTE_MS = 60_000;

/**
 * Path of a Chromium or Chrome that runs here: the one that `CHROME_BIN` names, one on PATH, Playwright's own download,
 * or Debian's package (installed for root, unpacked into the cache for anybody else).
 *
 * @throws LaunchError `NOT_INSTALLABLE` with what to do.
 */
export async function ensureBrowser(
  chromeBin: string | undefined,
  detail: (text: string) => void,
): Promise<string> {
  if (chromeBin !== undefined) {
    if (await runs(chromeBin)) return chromeBin;
    throw new LaunchError(
      'NOT_INSTALLABLE',
      `CHROME_BIN is ${chromeBin}, which doesn't run: correct it or leave it out.`,
    );
  }
  const found = (await firstOnPath()) ?? (await playwrightsOwn(detail)) ?? (await debians(detail));
  if (found !== undefined) return found;
  throw new LaunchError('NOT_INSTALLABLE', `There is no browser for the tests: ${hint}.`);
}

async function firstOnPath(): Promise<string | undefined> {
  for (const command of commands) {
    const path = findProgram([command]);
    // On Ubuntu a program of that name may only say that a snap is to be installed.
    if (path !== undefined && (await runs(path))) return path;
  }
  return undefined;
}

async function playwrightsOwn(detail: (text: string) => void): Promise<string | undefined> {
  const cwd = join(root, 'e2e');
  const script = `import { chromium } from '@playwright/test'; console.log(chromium.executablePath());`;
  const args = ['--input-type=module', '-e', script];
  const path = (await run(process.execPath, args, { cwd, timeoutMs: MINUTE_MS })).stdout.trim();
  if (path === '') return undefined;
  if (await runs(path)) return path;
  detail("getting Playwright's Chromium");
  const cli = join(cwd, 'node_modules/@playwright/test/cli.js');
  await run(process.execPath, [cli, 'install', '--no-shell', 'chromium'], { cwd, timeoutMs: 5 * MINUTE_MS });
  return (await runs(path)) ? path : undefined;
}

async function debians(detail: (text: string) => void): Promise<string | undefined> {
  if (!hasApt()) return undefined;
  if (process.getuid?.() !== 0) {
    const path = await ensureProgram(unpackedChromium, (what) => detail(`getting ${what}`));
    return (await runs(path)) ? path : undefined;
  }
  detail('installing the package chromium');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-qq'], { env, timeoutMs: 5 * MINUTE_MS });
  const flags = ['-y', '-qq', '--no-install-recommends'];
  await run('apt-get', ['install', ...flags, 'chromium'], { env, timeoutMs: 10 * MINUTE_MS });
  return await firstOnPath();
}

async function runs(path: string): Promise<boolean> {
  const { code } = await run(path, ['--version'], { timeoutMs: MINUTE_MS / 2 });
  return code === 0;
}
