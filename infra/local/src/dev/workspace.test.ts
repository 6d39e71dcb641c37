import { expect, it } from 'vitest';
import { root } from '../system/paths.ts';
import { affectedBy, readWorkspace, type WorkspacePackage } from './workspace.ts';

const one = (name: string, ...uses: string[]): WorkspacePackage => ({
  name,
  folder: `packages/${name}`,
  build: 'tsc -p tsconfig.build.json',
  uses,
});
const workspace = [
  one('master', 'cluster', 'protocol'),
  one('cluster', 'protocol'),
  one('protocol'),
  one('page', 'client'),
  one('client', 'protocol'),
];
const names = (...changed: string[]) => affectedBy(new Set(changed), workspace).map(({ name }) => name);

it('compiles what is used before what uses it', () => {
  const order = names('protocol');
  expect(order).toHaveLength(5);
  expect(order.indexOf('protocol')).toBe(0);
  expect(order.indexOf('cluster')).toBeLessThan(order.indexOf('master'));
});

it('leaves alone what does not use the change', () => {
  expect(names('cluster')).toEqual(['cluster', 'master']);
  expect(names('page')).toEqual(['page']);
  expect(names()).toEqual([]);
});

it('finds the apps of this workspace and what they use', () => {
  const found = readWorkspace(root);
  const master = found.find(({ name }) => name === '@evercall/master');
  expect(master?.folder).toBe('apps/master');
  expect(master?.uses).toContain('@evercall/cluster');
});
