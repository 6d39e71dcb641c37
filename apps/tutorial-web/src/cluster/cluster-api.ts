import { BackendError, backendErrorOf } from '../backend/backend-error.js';
import { ClusterView } from './cluster-view.js';

/** What can be done to a node. `worker-N` kills one of its mediasoup workers. */
export type NodeAction = 'kill' | 'freeze' | 'thaw' | 'drain' | 'undrain' | `worker-${number}`;

/** Milliseconds after which a request counts as unanswered. */
const timeoutMs = 6_000;

/** The backend's requests of this panel. */
export interface ClusterApi {
  /** @throws BackendError */
  view(signal: AbortSignal): Promise<ClusterView>;
  /** @throws BackendError */
  act(nodeId: string, action: NodeAction): Promise<void>;
}

/** @param identity token of an application that signed the user in */
export function createClusterApi(room: string, identity: string | undefined): ClusterApi {
  const headers = {
    'content-type': 'application/json',
    ...(identity === undefined ? {} : { authorization: `Bearer ${identity}` }),
  };
  const call = async (path: string, init: RequestInit): Promise<unknown> => {
    const signal = AbortSignal.any([AbortSignal.timeout(timeoutMs), ...(init.signal ? [init.signal] : [])]);
    const response = await reach(path, { ...init, headers, signal });
    const body: unknown = await response.json().catch(() => undefined);
    if (!response.ok) throw backendErrorOf(response.status, body);
    return body;
  };
  return {
    async view(signal) {
      const parsed = ClusterView.safeParse(
        await call(`/api/cluster?room=${encodeURIComponent(room)}`, { signal }),
      );
      if (parsed.success) return parsed.data;
      throw new BackendError('OTHER', 'the backend tells of the cluster in another way', {
        cause: parsed.error,
      });
    },
    async act(nodeId, action) {
      const [method, path] = requestOf(action);
      await call(`/api/cluster/nodes/${encodeURIComponent(nodeId)}/${path}`, {
        method,
        ...(method === 'POST' ? { body: '{}' } : {}),
      });
    },
  };
}

async function reach(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    throw new BackendError('OFFLINE', 'the backend does not answer', { cause });
  }
}

function requestOf(action: NodeAction): ['POST' | 'DELETE', string] {
  if (action === 'undrain') return ['DELETE', 'drain'];
  const worker = /^worker-(\d+)$/.exec(action)?.[1];
  return ['POST', worker === undefined ? action : `workers/${worker}/kill`];
}
