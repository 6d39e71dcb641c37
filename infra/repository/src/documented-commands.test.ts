import { expect, it } from 'vitest';
import { commandProblem, commandsOf } from './documented-commands.ts';

const workspace = {
  scripts: new Set(['start', 'x', 'test:compose']),
  packages: new Map([['@a/master', new Set(['test'])]]),
};
const problem = (command: string) => commandProblem(command, workspace);

it('reads the commands of a block without its comments', () => {
  expect(commandsOf('npm start   # everything\n\n# alone\nnpm run x -- y')).toEqual([
    'npm start',
    'npm run x -- y',
  ]);
});

it.each([
  'npm start -- --masters 3',
  'npm run test:compose',
  'npm run x -- pnpm --filter @a/master test',
  'npm run x -- pnpm --filter @a/master exec vitest run',
  'npm run -s x -- turbo run build',
  'docker compose up',
])('finds nothing wrong with %s', (command) => expect(problem(command)).toBeUndefined());

it.each([
  ['npm run gone', 'no script gone'],
  ['npm run x -- pnpm --filter @a/none test', 'no package @a/none'],
  ['pnpm --filter @a/master run bench', 'no script bench'],
])('tells that %s can not work', (command, why) => expect(problem(command)).toContain(why));
