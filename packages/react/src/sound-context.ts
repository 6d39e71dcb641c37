import { createContext, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import type { Sound, SoundValue } from './sound.js';
import { useStore } from './use-store.js';

/** The sound of everything below a provider. */
export const SoundContext = createContext<Sound | undefined>(undefined);

const nothing = () => undefined;
const never = () => nothing;

/** One fact of the sound; `undefined` without a provider. */
export function useSoundFact<Fact extends keyof SoundValue>(fact: Fact): SoundValue[Fact] | undefined {
  const sound = useContext(SoundContext);
  const get = useCallback(() => sound?.store.get()[fact], [sound, fact]);
  return useSyncExternalStore(sound?.store.subscribe ?? never, get, get);
}

/** Sound that the browser holds back until the user touches the page. */
export interface UseSoundGate {
  /** Something below the provider wants to play and may not. */
  isBlocked: boolean;
  /** Starts all of it. To be called inside of a click. */
  open: () => void;
}

/**
 * Tells when the browser refuses to play, and starts everything with one click. Every `VideoTile` below the
 * `SessionProvider` takes part. `SoundGate` is a button that does this.
 *
 * @throws {Error} there is no provider
 */
export function useSoundGate(): UseSoundGate {
  const sound = useContext(SoundContext);
  if (!sound) throw new Error('useSoundGate needs a <SessionProvider> above it');
  const { isBlocked } = useStore(sound.store);
  const open = useCallback(() => sound.open(), [sound]);
  return useMemo(() => ({ isBlocked, open }), [isBlocked, open]);
}
