import type { ClusterNode, ClusterView } from './cluster-view.js';

/** A node as the panel shows it. */
export interface NodeRow {
  node: ClusterNode;
  isLost: boolean;
  /** It serves this page. */
  servesMe: boolean;
  /** Names of those in this room whom it serves, oneself left out. */
  serves: string[];
}

/** Who is in the room, and who serves this page. */
export interface Viewer {
  /** Name by connection id, oneself left out. */
  others: ReadonlyMap<string, string>;
  masterId: string | undefined;
  mediaNodeId: string | undefined;
}

/** How many lost nodes of a role are shown: masters tell of them for ten minutes. */
const lostShown = 3;

/** One list for each role: those that live by name, then those that were lost last. */
export function nodeRows(view: ClusterView, viewer: Viewer): Record<ClusterNode['role'], NodeRow[]> {
  const rows = view.nodes.map((node) => toRow(node, view, viewer)).toSorted(inOrder);
  const ofRole = (role: ClusterNode['role']) => {
    const own = rows.filter(({ node }) => node.role === role);
    const lost = own.filter((row) => row.isLost).slice(0, lostShown);
    return [...own.filter((row) => !row.isLost), ...lost];
  };
  return { master: ofRole('master'), media: ofRole('media') };
}

/** Nodes that were lost since the last look. The first look tells of none: nobody saw them die. */
export function newlyLost(before: ClusterView | undefined, now: ClusterView): ClusterNode[] {
  if (!before) return [];
  const known = new Set(before.nodes.filter(isLost).map(({ id }) => id));
  return now.nodes.filter((node) => isLost(node) && !known.has(node.id));
}

function isLost(node: ClusterNode): boolean {
  return node.lost !== undefined || node.state === 'lost';
}

function toRow(node: ClusterNode, { room }: ClusterView, viewer: Viewer): NodeRow {
  const lost = isLost(node);
  const mine = node.role === 'master' ? viewer.masterId : viewer.mediaNodeId;
  const carriesRoom =
    node.role === 'media' && (room?.legs.some(({ mediaNodeId }) => mediaNodeId === node.id) ?? false);
  const connections = lost ? [] : (room?.connections ?? []);
  const served = connections.filter(({ masterName }) =>
    node.role === 'media' ? carriesRoom : masterName === node.name,
  );
  return {
    node,
    isLost: lost,
    servesMe: !lost && mine === node.id,
    serves: served.flatMap(({ connectionId }) => viewer.others.get(connectionId) ?? []),
  };
}

function inOrder(a: NodeRow, b: NodeRow): number {
  if (a.isLost !== b.isLost) return a.isLost ? 1 : -1;
  if (a.isLost) return (b.node.lost?.at ?? 0) - (a.node.lost?.at ?? 0);
  return a.node.name.localeCompare(b.node.name, undefined, { numeric: true });
}
