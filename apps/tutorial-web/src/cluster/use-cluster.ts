import { useEffect, useEffectEvent, useState } from 'react';
import type { ClusterApi } from './cluster-api.js';
import type { ClusterView } from './cluster-view.js';

/** Milliseconds between two looks. */
const intervalMs = 1_000;

/** The cluster as it was at the last look. */
export interface ClusterSight {
  /** Absent until the first answer. */
  view: ClusterView | undefined;
  /** Why the last look failed; the view is then the one before. */
  error: Error | undefined;
}

/**
 * Looks at the cluster each second, for as long as the page is seen.
 *
 * @param onView told of each view and the one before it
 */
export function useCluster(
  api: ClusterApi,
  onView: (now: ClusterView, before: ClusterView | undefined) => void,
): ClusterSight {
  const [sight, setSight] = useState<ClusterSight>({ view: undefined, error: undefined });
  const tell = useEffectEvent(onView);
  useEffect(() => {
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: ClusterView | undefined;
    const look = async () => {
      try {
        if (!document.hidden) {
          const view = await api.view(end.signal);
          if (end.signal.aborted) return;
          tell(view, last);
          last = view;
          setSight({ view, error: undefined });
        }
      } catch (cause) {
        if (end.signal.aborted) return;
        const error = cause instanceof Error ? cause : new Error(String(cause));
        setSight((before) => ({ ...before, error }));
      }
      timer = setTimeout(() => void look(), intervalMs);
    };
    void look();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [api]);
  return sight;
}
