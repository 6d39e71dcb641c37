// @vitest-environment jsdom
import { MantineProvider } from '@mantine/core';
import { act, cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { BackendError } from '../backend/backend-error.js';
import { messages } from '../messages.js';
import { stubBrowser } from '../testing/jsdom-browser.js';
import type { ClusterApi } from './cluster-api.js';
import ClusterPanel from './cluster-panel.js';
import type { ClusterNode, ClusterView } from './cluster-view.js';
import { actionLabel } from './node-actions.js';

beforeEach(() => {
  stubBrowser();
  vi.useFakeTimers();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const { cluster } = messages;
const load = { cpu: 0.5, sessions: 1, consumers: 4, connections: 2, workers: [] };
const master: ClusterNode = { id: 'm1', name: 'master-1', role: 'master', state: 'running', load };
const media: ClusterNode = {
  id: 'd1',
  name: 'media-1',
  role: 'media',
  state: 'running',
  load: { ...load, workers: [{ consumers: 4, alive: true }] },
};
const lost: ClusterNode = { ...media, id: 'd0', state: 'lost', lost: { at: 1, cause: 'refused' } };
const viewOf = (change: Partial<ClusterView> = {}): ClusterView => ({
  playground: true,
  ageMs: 0,
  nodes: [master, media],
  room: null,
  ...change,
});

async function show(look: () => Promise<ClusterView>) {
  const api = { view: vi.fn<ClusterApi['view']>(look), act: vi.fn<ClusterApi['act']>(async () => undefined) };
  const onClose = vi.fn<() => void>();
  render(
    <MantineProvider>
      <ClusterPanel
        opened
        onClose={onClose}
        room="team"
        identity={undefined}
        session={undefined}
        participants={[]}
        state="connected"
        api={api}
      />
    </MantineProvider>,
  );
  const after = (ms: number) => act(() => vi.advanceTimersByTimeAsync(ms));
  await after(0);
  const row = (name: string, state: string) => {
    const found = screen
      .queryAllByTestId('cluster-node')
      .find((one) => one.dataset['name'] === name && one.dataset['state'] === state);
    if (!found) throw new Error(`no row of ${name}, ${state}`);
    return within(found);
  };
  return { api, onClose, after, row };
}

it('says that it loads, and looks once a second', async () => {
  const { api, after } = await show(() => new Promise(() => undefined));
  expect(screen.queryByTestId('cluster-loading')).not.toBeNull();
  cleanup();
  const seen = await show(async () => viewOf());
  await seen.after(3_000);
  expect(seen.api.view).toHaveBeenCalledTimes(4);
  expect(screen.queryByTestId('cluster-loading')).toBeNull();
  await after(0);
  expect(api.view).toHaveBeenCalledOnce();
});

it('shows how each node is, and why one was lost', async () => {
  const { row } = await show(async () => viewOf({ nodes: [master, media, lost] }));
  expect(row('master-1', 'running').queryByText(cluster.masterLoad(2, 50))).not.toBeNull();
  const mediaLoad = cluster.mediaLoad({ sessions: 1, consumers: 4, cpu: 50 });
  expect(row('media-1', 'running').queryByText(mediaLoad)).not.toBeNull();
  expect(row('media-1', 'lost').queryByText(cluster.lostBecause('refused'))).not.toBeNull();
  expect(row('media-1', 'lost').queryAllByRole('button')).toEqual([]);
});

it('breaks the node whose button was pressed, at once, and measures', async () => {
  const { api, row, after } = await show(async () => viewOf());
  for (const button of ['kill', 'freeze', 'thaw', 'drain', 'worker-0'] as const) {
    fireEvent.click(row('media-1', 'running').getByTestId(`cluster-${button}`));
    expect(api.act).toHaveBeenLastCalledWith('d1', button);
  }
  expect(row('master-1', 'running').queryByTestId('cluster-worker-0')).toBeNull();
  await after(600);
  const labels = screen.getAllByTestId('incident').map(({ textContent }) => textContent);
  expect(labels).toEqual(
    (['worker-0', 'drain', 'freeze', 'kill'] as const).map((action) =>
      expect.stringContaining(cluster.log.done(actionLabel(action), 'media-1')),
    ),
  );
});

it('names its buttons for those who cannot see them', async () => {
  const { row } = await show(async () => viewOf());
  const name = cluster.actions.of(cluster.actions.kill, 'master-1');
  expect(row('master-1', 'running').queryByRole('button', { name })).not.toBeNull();
});

it('takes a drain back', async () => {
  const leaving = { ...master, state: 'terminating', drain: { strategy: 'move' } };
  const { api, row } = await show(async () => viewOf({ nodes: [leaving] }));
  fireEvent.click(row('master-1', 'terminating').getByTestId('cluster-undrain'));
  expect(api.act).toHaveBeenCalledExactlyOnceWith('m1', 'undrain');
});

it('offers nothing without a playground', async () => {
  await show(async () => viewOf({ playground: false }));
  expect(screen.queryByTestId('read-only')).not.toBeNull();
  expect(screen.queryByTestId('cluster-kill')).toBeNull();
});

it('says what was not done', async () => {
  const { api, row, after } = await show(async () => viewOf());
  api.act.mockRejectedValue(new BackendError('OTHER', 'no fleet', { status: 503 }));
  fireEvent.click(row('master-1', 'running').getByTestId('cluster-kill'));
  await after(0);
  expect(screen.getByTestId('cluster-failure').textContent).toContain(
    cluster.log.done(cluster.actions.kill, 'master-1'),
  );
});

it('keeps what it saw while nobody answers, says so, and goes on looking', async () => {
  let away = false;
  const { after } = await show(async () => {
    if (away) throw new BackendError('OFFLINE', 'no answer');
    return viewOf();
  });
  away = true;
  await after(1_000);
  expect(screen.getByTestId('cluster-stale').textContent).toBe(cluster.old);
  expect(screen.queryAllByTestId('cluster-node')).toHaveLength(2);
  away = false;
  await after(1_000);
  expect(screen.queryByTestId('cluster-stale')).toBeNull();
});

it('tells that nothing could be seen at all, and that a view is an old one', async () => {
  await show(() => Promise.reject(new BackendError('OFFLINE', 'no answer')));
  expect(screen.getByTestId('cluster-stale').textContent).toBe(cluster.away);
  cleanup();
  await show(async () => viewOf({ ageMs: 9_000 }));
  expect(screen.getByTestId('cluster-stale').textContent).toBe(cluster.old);
});

it('logs a loss that it sees', async () => {
  let nodes = [master, media];
  const { after } = await show(async () => viewOf({ nodes }));
  nodes = [master, lost];
  await after(1_600);
  expect(screen.getByTestId('incident').textContent).toContain(cluster.log.lost('media-1'));
});

it('is a drawer on a phone, with everything in it', async () => {
  stubBrowser({ narrow: true });
  const { onClose, row } = await show(async () => viewOf());
  expect(screen.getByRole('dialog')).not.toBeNull();
  expect(row('master-1', 'running').queryByTestId('cluster-kill')).not.toBeNull();
  fireEvent.click(screen.getByLabelText(cluster.close));
  expect(onClose).toHaveBeenCalledOnce();
});
