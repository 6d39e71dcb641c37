import type { StreamManager } from '@evercall/client';
import { useCallback, useSyncExternalStore } from 'react';
import { SharedStore } from './shared-store.js';

const known = new WeakMap<StreamManager, SharedStore<boolean>>();

/**
 * Whether somebody speaks into a stream right now; `false` while it is muted or absent. It renders the component that
 * uses it and no other: use it in the tile, not around all of them.
 */
export function useIsSpeaking(manager: StreamManager | undefined): boolean {
  const subscribe = useCallback(
    (listener: () => void) => (manager ? speakingOf(manager).subscribe(listener) : () => undefined),
    [manager],
  );
  return useSyncExternalStore(
    subscribe,
    () => manager !== undefined && speakingOf(manager).get(),
    () => false,
  );
}

function speakingOf(manager: StreamManager): SharedStore<boolean> {
  const store = known.get(manager) ?? listenTo(manager);
  known.set(manager, store);
  return store;
}

/** The SDK measures a stream only while somebody listens to these events. */
function listenTo(manager: StreamManager): SharedStore<boolean> {
  return new SharedStore(false, (store) => {
    let speaks = false;
    const refresh = () => store.set(speaks && manager.stream.audioActive);
    const start = () => {
      speaks = true;
      refresh();
    };
    const stop = () => {
      speaks = false;
      refresh();
    };
    manager.on('publisherStartSpeaking', start);
    manager.on('publisherStopSpeaking', stop);
    manager.on('streamPropertyChanged', refresh);
    return () => {
      manager.off('publisherStartSpeaking', start);
      manager.off('publisherStopSpeaking', stop);
      manager.off('streamPropertyChanged', refresh);
      store.set(false);
    };
  });
}
