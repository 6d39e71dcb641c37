#!/usr/bin/env node
// From Node >= 18 with npm to a running launcher: gets the pinned pnpm (and Node, where this one is too old) from the npm
// registry into .evercall/toolchain, installs the workspace, and hands over to src/main.ts. What is done already is
// skipped. Runs before anything is installed, so it is plain JavaScript on Node alone.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { platformPlan } from './platform.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const toolchain = join(root, '.evercall/toolchain');
const pins = JSON.parse(readFileSync(join(here, 'toolchain.json'), 'utf8'));

const platform = platformPlan(process.platform, onPath);
if (platform.refusal !== undefined) giveUp(platform.refusal);
for (const hint of platform.hints) say(hint);
const env = environment();
const ownNodeWillDo = nodeIsAccepted(process.versions.node);
installToolchain();
const bin = join(toolchain, 'node_modules/.bin');
const node = ownNodeWillDo ? process.execPath : join(bin, 'node');
env.PATH = [bin, dirname(node), join(root, '.evercall/bin'), join(root, 'node_modules/.bin'), env.PATH].join(
  delimiter,
);
installWorkspace();
handOver();

/** npm's own settings, which `npm start` puts into the environment, must not reach pnpm, compilers or the apps. */
function environment() {
  const own = Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name) && name !== 'INIT_CWD');
  return { ...Object.fromEntries(own), DO_NOT_TRACK: '1', TURBO_TELEMETRY_DISABLED: '1' };
}

/** Each accepted version stands for its own major from that minor on, the last one also for every later major. */
function nodeIsAccepted(version) {
  const [major, minor] = version.split('.').map(Number);
  const accepted = pins.node.accepted.map((from) => from.split('.').map(Number));
  const [newestMajor] = accepted.at(-1);
  return major > newestMajor || accepted.some(([wanted, least]) => major === wanted && minor >= least);
}

function installToolchain() {
  const nodePackage = process.platform === 'linux' ? pins.node.packages[process.arch] : undefined;
  if (!ownNodeWillDo && nodePackage === undefined) {
    giveUp(
      `Node ${process.version} is too old and there is none to download for ${process.platform} ${process.arch}: install Node 24.`,
    );
  }
  const wanted = [`pnpm@${pins.pnpm}`, ...(ownNodeWillDo ? [] : [`${nodePackage}@${pins.node.version}`])];
  const marker = join(toolchain, 'installed');
  // More than is wanted is left alone: a cluster that was started with another Node runs on it.
  const installed = read(marker)?.split(',') ?? [];
  if (wanted.every((one) => installed.includes(one))) return;
  say(`getting ${wanted.join(' and ')} from the npm registry`);
  const fresh = `${toolchain}.${process.pid}`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { recursive: true });
  writeFileSync(join(fresh, 'package.json'), '{"private":true}');
  const flags = [
    '--no-save',
    '--no-package-lock',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ];
  step('npm', ['install', ...flags, ...wanted], {
    cwd: fresh,
    hint: 'pnpm could not be fetched: is the npm registry reachable (npm ping)?',
  });
  // pnpm's install step puts its program in place. Run by name, because npm is about to run no scripts at all.
  step(process.execPath, ['install.js'], {
    cwd: join(fresh, 'node_modules/pnpm'),
    hint: 'pnpm could not be set up: delete .evercall/toolchain and try again.',
  });
  writeFileSync(join(fresh, 'installed'), wanted.join());
  rmSync(toolchain, { recursive: true, force: true });
  renameSync(fresh, toolchain);
}

function installWorkspace() {
  // Where something is installed already, `npm run x -- pnpm install` may be the very command that puts this right.
  const goOn = process.argv[2] === 'x' && existsSync(join(root, 'node_modules/.modules.yaml'));
  step(
    join(bin, 'pnpm'),
    ['install', ...platform.installFlags, '--prefer-offline', '--reporter=append-only', '--loglevel=warn'],
    {
      cwd: root,
      hint: 'the packages could not be installed: see above; the npm registry must be reachable for the first start.',
      goOn,
    },
  );
}

/** Runs the launcher; it ends when this process or npm above it does. */
function handOver() {
  // Node 22 says at each start that running TypeScript is experimental.
  const flags = ['--disable-warning=ExperimentalWarning'];
  const launcher = spawn(node, [...flags, join(here, 'src/main.ts'), ...process.argv.slice(2)], {
    env,
    // The launcher learns by the end of this channel that this process was killed.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  });
  // Ctrl-C reaches the launcher from the terminal; other signals are meant for it.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => launcher.kill(signal));
  const watch = watchNpm(() => launcher.kill('SIGTERM'));
  launcher.once('exit', (code, signal) => {
    clearInterval(watch);
    process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 1);
  });
}

/**
 * Tells when the npm above this process was killed, which no signal does. Between the two there is often a shell, so it is
 * the parent's parent that matters, too.
 */
function watchNpm(onGone) {
  if (process.env.npm_lifecycle_event === undefined) return undefined;
  const shell = process.ppid;
  const npm = parentOf(shell);
  return setInterval(() => (process.ppid === shell && parentOf(shell) === npm) || onGone(), 500);
}

function parentOf(pid) {
  return /^PPid:\s*(\d+)/m.exec(read(`/proc/${pid}/status`) ?? '')?.[1];
}

function step(command, args, { cwd, hint, goOn = false, env: stepEnv = env }) {
  const { status, signal } = spawnSync(command, args, { cwd, env: stepEnv, stdio: ['ignore', 2, 2] });
  if (signal === 'SIGINT') process.exit(130);
  if (status !== 0 && !goOn) giveUp(hint);
}

function onPath(command) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, command)));
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

function say(text) {
  process.stderr.write(`evercall: ${text}\n`);
}

function giveUp(text) {
  say(text);
  process.exit(1);
}
