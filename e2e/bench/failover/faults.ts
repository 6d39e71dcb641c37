import type { FaultyCluster } from '../../support/cluster/faulty-cluster.ts';
import { signal } from '../../support/cluster/process-tree.ts';
import type { Person, ServedBy } from '../../support/room.ts';

/** Where a fault is to strike. */
export interface Target {
  cluster: FaultyCluster;
  people: readonly Person[];
  /** Who serves each person, in the same order. */
  served: readonly ServedBy[];
}

/** What struck. */
export interface Strike {
  /** Names of those whose signalling is concerned. */
  signalling: readonly string[];
  /** For people: `master-1`. */
  victim: string;
  /** Ends what would not end by itself, such as an outage of the network. Starts before the window ends. */
  after?: Promise<void>;
}

export interface Fault {
  name: string;
  /** Milliseconds that are watched at least. */
  windowMs: number;
  /** Nothing should be noticed: bitrate and resolution are compared, too. */
  planned?: boolean;
  /** The room is rebuilt by the application; on which master it is hosted. */
  hostedBy?: 'master' | 'any';
  /** The first person's media goes over a relay, so that it can be taken away. */
  relayed?: boolean;
  strike: (target: Target) => Strike | Promise<Strike>;
}

const killMs = 4000;
const freezeMs = 7000;
const drainMs = 9000;

export const faults: readonly Fault[] = [
  { name: 'master-kill', windowMs: killMs, strike: atMaster((cluster, name) => cluster.kill(name)) },
  { name: 'master-freeze', windowMs: freezeMs, strike: atMaster((cluster, name) => cluster.freeze(name)) },
  {
    name: 'master-drain',
    windowMs: drainMs,
    planned: true,
    strike: atMaster((cluster, name) => cluster.drain(name)),
  },
  { name: 'media-kill', windowMs: killMs, strike: atMedia((cluster, name) => cluster.kill(name)) },
  { name: 'media-freeze', windowMs: freezeMs, strike: atMedia((cluster, name) => cluster.freeze(name)) },
  {
    name: 'media-control-freeze',
    windowMs: freezeMs,
    planned: true,
    strike: atMedia((cluster, name) => cluster.freezeControl(name)),
  },
  {
    name: 'media-drain',
    windowMs: drainMs,
    planned: true,
    strike: atMedia((cluster, name) => cluster.drain(name)),
  },
  { name: 'worker-kill', windowMs: killMs, strike: atMedia(signalWorkers('SIGKILL')) },
  { name: 'worker-freeze', windowMs: freezeMs, strike: atMedia(signalWorkers('SIGSTOP')) },
  {
    name: 'application-rebuild-master',
    windowMs: freezeMs,
    hostedBy: 'master',
    strike: ({ cluster, people }) => {
      const [host = ''] = cluster.names('master');
      cluster.kill(host);
      return { victim: host, signalling: people.map(({ name }) => name) };
    },
  },
  {
    name: 'application-rebuild-media',
    windowMs: freezeMs,
    hostedBy: 'any',
    strike: atMedia((cluster, name) => cluster.kill(name)),
  },
  { name: 'redis-restart', windowMs: freezeMs, strike: atRedis({ keepsData: true }) },
  { name: 'redis-empty', windowMs: freezeMs, strike: atRedis({ keepsData: false }) },
  { name: 'client-offline-5s', windowMs: 10_000, relayed: true, strike: atClient(5000) },
  { name: 'client-offline-30s', windowMs: 38_000, relayed: true, strike: atClient(30_000) },
];

/** Strikes the master that serves most people. Of the others nobody's signalling is concerned. */
function atMaster(act: (cluster: FaultyCluster, name: string) => void): Fault['strike'] {
  return ({ cluster, people, served }) => {
    const victim = mostOften(served.map(({ masterName }) => masterName));
    act(cluster, victim);
    const concerned = people.filter((_, index) => served[index]?.masterName === victim);
    return { victim, signalling: concerned.map(({ name }) => name) };
  };
}

/** Strikes the media node of the room. */
function atMedia(act: (cluster: FaultyCluster, name: string) => void): Fault['strike'] {
  return ({ cluster, people, served }) => {
    const victim = mostOften(served.map(({ mediaNodeName }) => mediaNodeName));
    act(cluster, victim);
    return { victim, signalling: people.map(({ name }) => name) };
  };
}

function signalWorkers(name: NodeJS.Signals): (cluster: FaultyCluster, node: string) => void {
  return (cluster, node) => {
    for (const pid of cluster.workersOf(node)) signal(pid, name);
  };
}

function atRedis(options: { keepsData: boolean }): Fault['strike'] {
  return ({ cluster, people }) => ({
    victim: 'redis',
    signalling: people.map(({ name }) => name),
    after: cluster.restartRedis(options),
  });
}

function atClient(outageMs: number): Fault['strike'] {
  return async ({ people: [person] }) => {
    if (!person) throw new Error('there is nobody in the room');
    await person.setOffline(true);
    const after = new Promise((resolve) => setTimeout(resolve, outageMs)).then(() =>
      person.setOffline(false),
    );
    return { victim: person.name, signalling: [person.name], after };
  };
}

function mostOften(names: readonly string[]): string {
  const count = (name: string): number => names.filter((other) => other === name).length;
  return [...names].sort((a, b) => count(b) - count(a))[0] ?? '';
}
