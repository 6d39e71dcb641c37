// npm run test:compose: builds the images, starts the cluster in containers, kills parts of it under a running call.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Progress } from '../../local/src/console/progress.ts';
import { LaunchError } from '../../local/src/system/launch-error.ts';
import { root, stateDir } from '../../local/src/system/paths.ts';
import { nextFree, nextFreeMediaBlock } from '../../local/src/system/ports.ts';
import { run } from '../../local/src/system/run.ts';
import { ensureBrowser } from '../../local/src/testing/browser.ts';
import { playwrightOutcome } from '../../local/src/testing/reports.ts';
import { isSuccess, type Outcome, stepOutcome, summary } from '../../local/src/testing/tally.ts';
import { project } from './containers.ts';
import { type Engine, findEngine } from './engine.ts';
import { baseImages } from './images.ts';
import { Stack } from './stack.ts';

const TEST_TIMEOUT_MS = 15 * 60_000;
const resultsDir = join(stateDir, 'test-results');
const progress = new Progress(process.stderr);

const outcomes: Outcome[] = [];
try {
  await mkdir(resultsDir, { recursive: true });
  await using engine = await findEngine((text) => progress.say(text));
  await test(engine);
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  progress.say(error.message);
  outcomes.push(stepOutcome('preparation', false));
}
console.log(summary(outcomes).join('\n'));
process.exit(isSuccess(outcomes) ? 0 : 1);

async function test(engine: Engine): Promise<void> {
  const chrome = await progress.step('getting a browser', ({ detail }) =>
    ensureBrowser(process.env['CHROME_BIN'] || undefined, detail),
  );
  const images = await baseImages(engine, progress);
  await build(new Stack(engine, project, images));
  // Last, because what is free now may not be after a build.
  const ports = await freePorts();
  const stack = new Stack(engine, project, { ...images, ...ports });
  await stack.down();
  try {
    await progress.step('starting the containers', () => stack.up());
    outcomes.push(await runPlaywright({ stack, ports, chrome }));
  } finally {
    await writeFile(join(resultsDir, 'compose.log'), await stack.logs());
    await progress.step('stopping the containers', () => stack.down());
  }
}

async function build(stack: Stack): Promise<void> {
  const lines: string[] = [];
  try {
    await progress.step('building the images', () => stack.build((line) => lines.push(line)));
  } finally {
    await writeFile(join(resultsDir, 'compose-build.log'), `${lines.join('\n')}\n`);
  }
  for (const [name, size] of Object.entries(await stack.imageSizes())) progress.say(`${name}: ${size} MB`);
}

/** Ports beside those of a cluster that people may be using. */
async function freePorts(): Promise<Record<string, string>> {
  const taken = new Set<number>();
  const media = await nextFreeMediaBlock(29_000, 2);
  const ports = {
    LOAD_BALANCER_PORT: await nextFree(14_443, taken),
    TUTORIAL_PORT: await nextFree(15_080, taken),
    MEDIA_1_PORT: media,
    MEDIA_2_PORT: media + 1,
  };
  return Object.fromEntries(Object.entries(ports).map(([name, port]) => [name, `${port}`]));
}

async function runPlaywright(options: {
  stack: Stack;
  ports: Record<string, string>;
  chrome: string;
}): Promise<Outcome> {
  const { stack, ports, chrome } = options;
  const report = join(resultsDir, 'compose.json');
  const env = {
    ...stack.env,
    CHROME_BIN: chrome,
    E2E_WEB_URL: `http://localhost:${ports['TUTORIAL_PORT']}`,
    E2E_API_URL: `http://localhost:${ports['LOAD_BALANCER_PORT']}`,
    E2E_SECRET: await stack.secret(),
    PLAYWRIGHT_JSON_OUTPUT_NAME: report,
  };
  const cli = join(root, 'infra/compose/node_modules/@playwright/test/cli.js');
  await run(process.execPath, [cli, 'test', '--reporter=list,json'], {
    cwd: import.meta.dirname,
    env,
    timeoutMs: TEST_TIMEOUT_MS,
    onLine: (line) => console.log(line),
  });
  return playwrightOutcome('compose', report);
}
