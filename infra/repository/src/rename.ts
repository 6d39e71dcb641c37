// npm run rename -- @acme [--dry-run]: gives the packages of this checkout another scope.
import { execFileSync, spawnSync } from 'node:child_process';
import { currentScope, renameScope, scopeProblem } from './rename-scope.ts';
import { root } from './tracked-files.ts';

const args = process.argv.slice(2);
const dryRun = args.includes('--dry-run');
const [to = ''] = args.filter((arg) => !arg.startsWith('--'));

function giveUp(sentence: string): never {
  process.stderr.write(`rename: ${sentence}\n`);
  process.exit(1);
}

function run(command: string, commandArgs: readonly string[]): void {
  const { status } = spawnSync(command, commandArgs, { cwd: root, stdio: 'inherit' });
  if (status === 0) return;
  giveUp(`${command} ${commandArgs.join(' ')} failed; git checkout . takes everything back`);
}

const problem = scopeProblem(to);
if (problem !== undefined) giveUp(`${problem}. Usage: npm run rename -- @acme [--dry-run]`);
const from = currentScope();
if (from === to) giveUp(`the packages are in ${to} already`);
const changed = execFileSync('git', ['status', '--porcelain'], { cwd: root, encoding: 'utf8' });
if (!dryRun && changed !== '') {
  giveUp(
    'there are changes that are not committed: commit them first, so that git checkout . can take this back',
  );
}
const files = renameScope({ to, dryRun });
console.log(dryRun ? files.join('\n') : `${from} is ${to} in ${files.length} files`);
if (!dryRun) {
  // The lock file was renamed with the others; pnpm puts its entries in order and links the packages under their new names.
  run('pnpm', [
    'install',
    '--no-frozen-lockfile',
    '--prefer-offline',
    '--reporter=append-only',
    '--loglevel=warn',
  ]);
  // Names of another length sort and break differently.
  run('biome', ['check', '--write', '--linter-enabled=false', '.']);
  console.log('Done. Look at it with git diff, then commit.');
}
