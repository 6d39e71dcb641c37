import type { StreamManager } from '@evercall/client';
import { useEffect, useState } from 'react';

/** The browser's statistics of a stream, read every `intervalMs` milliseconds; absent until the first reading. */
export function useStats(manager: StreamManager | undefined, intervalMs = 1000): RTCStatsReport | undefined {
  const [found, setFound] = useState<{ manager: StreamManager; report: RTCStatsReport }>();
  useEffect(() => {
    if (!manager) return undefined;
    let gone = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const read = async () => {
      try {
        const report = await manager.getStats();
        if (!gone) setFound({ manager, report });
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
  return found && found.manager === manager ? found.report : undefined;
}
