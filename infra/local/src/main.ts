// The launcher: npm start, npm run dev, npm test, and npm run stop, status, logs, scale, roll, bench, chaos, x. Started by ../bootstrap.mjs.
import { join } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { type ReadyMessage, startInBackground } from './commands/detach.ts';
import { roll, scale } from './commands/groups.ts';
import { listLogs, showLog } from './commands/logs.ts';
import { prepare, start } from './commands/start.ts';
import { readStatus, statusTable } from './commands/status.ts';
import { stopCluster } from './commands/stop.ts';
import { runWithToolchain } from './commands/x.ts';
import { slotsOfRole } from './settings.ts';
import { loadDotenv } from './system/dotenv.ts';
import { LaunchError } from './system/launch-error.ts';
import { logsDir, root } from './system/paths.ts';
import { Stopped, StopRequest } from './system/stop-request.ts';

const SIGINT_EXIT_CODE = 130;

interface StartFlags {
  masters?: number;
  media?: number;
  inspect?: boolean;
  lan?: boolean;
  host?: string;
  detach?: boolean;
  background?: boolean;
}

const program = new Command('evercall')
  .description('The local cluster of this checkout')
  // What follows the name of a command belongs to it: `x` hands its flags on.
  .enablePositionalOptions();

program
  .command('start')
  .description('build what has changed, start the whole cluster, and keep it until Ctrl-C')
  .option('--masters <number>', 'number of master nodes', count)
  .option('--media <number>', 'number of media nodes', count)
  .option('--lan', 'let other machines of the network in, over HTTPS: telephones, colleagues')
  .option('--host <address>', 'with --lan: address or name by which they reach this machine')
  .option('--inspect', 'let debuggers attach: npm run status shows where')
  .option('--detach', 'come back when the cluster is ready, and leave it running')
  .option('--background', 'be the launcher that --detach leaves running')
  .action(async ({ detach, background, masters, media, ...others }: StartFlags) => {
    const stop = new StopRequest();
    stop.listen();
    const options = { masters, media, ...others };
    if (options.host !== undefined) options.lan = true;
    if (detach === true) {
      await prepare(options, stop);
      const flags = Object.entries(options).flatMap(([name, value]) =>
        value ? [`--${name}`, ...(value === true ? [] : [`${value}`])] : [],
      );
      print(await startInBackground(flags, stop));
      return;
    }
    await start(options, {
      stop,
      onReady: (lines) => {
        if (background !== true) return print(lines);
        // From here on the one that started this process goes away, as it should.
        process.removeAllListeners('disconnect');
        process.send?.({ ready: lines } satisfies ReadyMessage);
      },
    });
  });

program
  .command('dev')
  .description('the same cluster, in which changes of sources run a moment later, until Ctrl-C')
  .option('--masters <number>', 'number of master nodes', count)
  .option('--media <number>', 'number of media nodes', count)
  .option('--lan', 'let other machines of the network in, over HTTPS: telephones, colleagues')
  .option('--host <address>', 'with --lan: address or name by which they reach this machine')
  .action(async ({ masters, media, host, lan = host !== undefined }: StartFlags) => {
    const stop = new StopRequest();
    stop.listen();
    const { dev } = await import('./commands/dev.ts');
    await dev({ masters, media, lan, host }, { stop, onReady: print });
  });

program
  .command('stop')
  .description('stop the cluster of this checkout')
  .action(async () => {
    const stopped = await stopCluster();
    print([
      stopped.length === 0 ? 'Nothing of this checkout was running.' : `Stopped ${stopped.join(', ')}.`,
    ]);
  });

program
  .command('status')
  .description('show each node: id, role, pid, address, state')
  .option('--json', 'as JSON, for scripts')
  .action(async ({ json }: { json?: boolean }) => {
    const nodes = await readStatus();
    print([json === true ? JSON.stringify(nodes, null, 2) : statusTable(nodes)]);
  });

program
  .command('logs')
  .description(
    'print the log of one process: npm run logs -- master-1 -f; without a name, list what there is',
  )
  .argument('[name]')
  .option('-f, --follow', 'go on until Ctrl-C, also with the next start of the process')
  .action(async (name: string | undefined, { follow = false }: { follow?: boolean }) => {
    if (name === undefined) {
      const names = await listLogs(logsDir);
      print(names.length === 0 ? ['Nothing was started here yet: npm start.'] : names);
      return;
    }
    const stop = new StopRequest();
    stop.listen();
    await stop.unless(showLog(name, { dir: logsDir, follow, output: process.stdout }));
  });

program
  .command('scale')
  .description(
    'change the number of nodes of the running cluster; those that are too many hand over and leave',
  )
  .option('--masters <number>', 'number of master nodes', count)
  .option('--media <number>', 'number of media nodes', count)
  .action(async ({ masters, media }: Pick<StartFlags, 'masters' | 'media'>) => {
    await scale({ masters, media });
    print([statusTable(await readStatus())]);
  });

program
  .command('roll')
  .description('exchange every master and media node of the running cluster, one at a time')
  .option('--tutorial', "restart the tutorial's backend and page as well")
  .action(async ({ tutorial = false }: { tutorial?: boolean }) => {
    await roll({ tutorial });
    print([statusTable(await readStatus())]);
  });

program
  .command('test')
  .description('everything that CI runs: build, lint, typecheck, unit, integration and browser tests')
  .action(async () => {
    const stop = new StopRequest();
    stop.listen();
    const { test } = await import('./test.ts');
    process.exitCode = await test(stop);
  });

for (const [name, file, description] of [
  ['bench', 'bench/main.ts', 'measure interruptions: npm run bench -- failover --runs 20 --json FILE'],
  ['chaos', 'chaos/random/main.ts', 'break things at random: npm run chaos -- --minutes 10 --seed 1'],
] as const) {
  program
    .command(name)
    .description(description)
    .argument('[arguments...]')
    .allowUnknownOption()
    .passThroughOptions()
    .action(async (args: string[]) => {
      const stop = new StopRequest();
      stop.listen();
      const { runE2eScript } = await import('./commands/e2e-script.ts');
      process.exitCode = await runE2eScript({ file, args }, stop);
    });
}

program
  .command('x')
  .description('run a command with the pinned Node and pnpm: npm run x -- pnpm outdated')
  .argument('[command...]')
  .allowUnknownOption()
  .passThroughOptions()
  .action(async (command: string[]) => {
    process.exitCode = await runWithToolchain(command);
  });

try {
  loadDotenv(join(root, '.env'), process.env);
  await program.parseAsync();
} catch (error) {
  if (error instanceof Stopped) {
    process.exitCode = SIGINT_EXIT_CODE;
  } else if (error instanceof LaunchError) {
    process.stderr.write(`evercall: ${error.message}\n`);
    process.exitCode = 1;
  } else {
    throw error;
  }
}
// Nothing that still waits for a file or a child of a given-up step may keep the launcher alive.
process.exit();

function count(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= slotsOfRole) return value;
  throw new InvalidArgumentError(`must be a whole number from 1 to ${slotsOfRole}.`);
}

function print(lines: readonly string[]): void {
  process.stdout.write(`${lines.join('\n')}\n`);
}
