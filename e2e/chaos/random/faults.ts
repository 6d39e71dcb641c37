import { eventually } from '@evercall/testing';
import type { FaultyCluster } from '../../support/cluster/faulty-cluster.ts';
import { signal } from '../../support/cluster/process-tree.ts';
import type { Choices } from './choices.ts';

/** A fault that was chosen: what it is called, and how it strikes. Resolves when the cluster has noticed. */
export interface ChosenFault {
  text: string;
  strike: () => Promise<void>;
  /** Signals that are on their way may be lost with the data. */
  losesData?: boolean;
}

const noticeMs = 30_000;
const kinds = [
  'kill a master',
  'freeze a master',
  'drain a master',
  'kill a media node',
  'freeze a media node',
  'freeze the control of a media node',
  'drain a media node',
  'kill a worker',
  'freeze a worker',
  'restart the load balancer',
  'restart Redis',
  'empty Redis',
] as const;

/** Chooses a fault and the node that it strikes. */
export function chooseFault(choices: Choices, cluster: FaultyCluster): ChosenFault {
  const kind = choices.oneOf(kinds);
  const master = choices.oneOf(cluster.names('master'));
  const media = choices.oneOf(cluster.names('media'));
  const at = (name: string, act: (name: string) => void, noticed = gone): ChosenFault => ({
    text: `${kind} (${name})`,
    strike: async () => {
      const mark = cluster.logs.mark();
      act(name);
      await eventually(() => noticed({ cluster, name, mark }), { timeoutMs: noticeMs });
    },
  });
  switch (kind) {
    case 'kill a master':
      return at(master, (name) => cluster.kill(name));
    case 'freeze a master':
      return at(master, (name) => cluster.freeze(name), declared);
    case 'drain a master':
      return at(master, (name) => cluster.drain(name));
    case 'kill a media node':
      return at(media, (name) => cluster.kill(name));
    case 'freeze a media node':
      return at(media, (name) => cluster.freeze(name), declared);
    case 'freeze the control of a media node':
      return at(media, (name) => cluster.freezeControl(name), declared);
    case 'drain a media node':
      return at(media, (name) => cluster.drain(name));
    case 'kill a worker':
      return at(media, (name) => signalWorkers(cluster, name, 'SIGKILL'), replaced);
    case 'freeze a worker':
      return at(media, (name) => signalWorkers(cluster, name, 'SIGSTOP'), replaced);
    case 'restart the load balancer':
      return { text: kind, strike: async () => cluster.restartBalancer() };
    case 'restart Redis':
      return { text: kind, strike: async () => cluster.restartRedis({ keepsData: true }) };
    case 'empty Redis':
      return { text: kind, strike: async () => cluster.restartRedis({ keepsData: false }), losesData: true };
  }
}

interface Struck {
  cluster: FaultyCluster;
  name: string;
  mark: ReadonlyMap<string, number>;
}

function gone({ cluster, name }: Struck): boolean {
  return !cluster.runs(name);
}

function declared({ cluster, mark }: Struck): boolean {
  return cluster.logs.since(mark).some(({ message }) => message === 'node declared lost');
}

function replaced({ cluster, name, mark }: Struck): boolean {
  return cluster.logs.since(mark, [name]).some(({ message }) => message === 'worker started');
}

function signalWorkers(cluster: FaultyCluster, name: string, kind: NodeJS.Signals): void {
  for (const pid of cluster.workersOf(name)) signal(pid, kind);
}
