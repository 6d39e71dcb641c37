import type { StreamManager } from '@evercall/client';
import { useEffect, useRef, useState } from 'react';

/** How {@link useStats} reads. */
export interface UseStatsOptions<Selected> {
  /** Milliseconds between two readings; 1000. */
  intervalMs?: number;
  /** What is wanted of a reading; default: all of it. What is the same as before renders nothing. */
  select?: (report: RTCStatsReport) => Selected;
}

/**
 * The browser's statistics of a stream, read every second; absent until the first reading, and for a stream that was given
 * just now.
 */
export function useStats(
  manager: StreamManager | undefined,
  options?: Omit<UseStatsOptions<never>, 'select'>,
): RTCStatsReport | undefined;
export function useStats<Selected>(
  manager: StreamManager | undefined,
  options: UseStatsOptions<Selected> & { select: (report: RTCStatsReport) => Selected },
): Selected | undefined;
export function useStats(
  manager: StreamManager | undefined,
  { intervalMs = 1000, select = all }: UseStatsOptions<unknown> = {},
): unknown {
  const [found, setFound] = useState<{ manager: StreamManager; value: unknown }>();
  const latest = useRef(select);
  useEffect(() => {
    latest.current = select;
  });
  useEffect(() => {
    if (!manager) return undefined;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let last: { value: unknown } | undefined;
    const read = async () => {
      try {
        const value = latest.current(await manager.getStats());
        if (!gone && !(last && Object.is(last.value, value))) {
          last = { value };
          setFound({ manager, value });
        }
      } catch {
        // The transport was just replaced; the next reading finds the new one.
      }
      if (!gone) timer = setTimeout(() => void read(), intervalMs);
    };
    void read();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [manager, intervalMs]);
  return found && found.manager === manager ? found.value : undefined;
}

function all(report: RTCStatsReport): RTCStatsReport {
  return report;
}
