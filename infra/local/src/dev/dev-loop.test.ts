import { expect, it } from 'vitest';
import { DevLoop } from './dev-loop.ts';
import type { WorkspacePackage } from './workspace.ts';

const workspace: WorkspacePackage[] = [
  { name: 'protocol', folder: 'packages/protocol', build: 'tsc', uses: [] },
  { name: 'master', folder: 'apps/master', build: 'tsc', uses: ['protocol'] },
  { name: 'media', folder: 'apps/media', build: 'tsc', uses: [] },
];

function start(wrong: Record<string, string> = {}) {
  const done: string[] = [];
  const said: string[] = [];
  /** What happens in the middle of a step. */
  const during = new Map<string, () => void>();
  const step = (what: string) => {
    done.push(what);
    during.get(what)?.();
    during.delete(what);
  };
  const loop = new DevLoop({
    workspace,
    compiler: {
      compile: async ({ name }) => {
        step(`compile ${name}`);
        return wrong[name];
      },
    },
    restart: async (app) => step(`restart ${app}`),
    say: (text) => said.push(text),
    now: () => 0,
  });
  return { loop, done, said, during };
}

it('compiles what changed and what uses it, and restarts the apps among them', async () => {
  const { loop, done, said } = start();
  await loop.changed(['protocol']);
  expect(done).toEqual(['compile protocol', 'compile master', 'restart master']);
  expect(said).toEqual(['master: the change runs (0.0 s)']);
});

it('lets run on what has a mistake in it, or in what it uses, and says which', async () => {
  const { loop, done, said } = start({ protocol: 'src/a.ts(1,1): error TS1005' });
  await loop.changed(['protocol', 'media']);
  expect(done).toEqual(['compile protocol', 'compile media', 'restart media']);
  expect(said[0]).toContain('packages/protocol');
  expect(said[0]).toContain('TS1005');
});

it('takes together what changes while it works, and loses nothing', async () => {
  const { loop, done, during } = start();
  during.set('compile master', () => void loop.changed(['media']));
  await loop.changed(['master']);
  expect(done).toEqual([
    'compile master',
    'compile media',
    'compile master',
    'restart media',
    'restart master',
  ]);
});

it('goes on after an app that does not come back', async () => {
  const { loop, done, said, during } = start();
  during.set('restart master', () => {
    throw new Error("master-1 doesn't come back");
  });
  await loop.changed(['master']);
  await loop.changed(['media']);
  expect(said).toContain("master-1 doesn't come back");
  expect(done.at(-1)).toBe('restart media');
});

it('warms up in the order of use, and lets changes come first', async () => {
  const { loop, done, during } = start();
  during.set('compile protocol', () => void loop.changed(['media']));
  await loop.warmUp();
  expect(done).toEqual([
    'compile protocol',
    'compile media',
    'restart media',
    'compile media',
    'compile master',
  ]);
});
