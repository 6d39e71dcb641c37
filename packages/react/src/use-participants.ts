import type { SubscriberProperties } from '@evercall/client';
import { useCallback, useMemo } from 'react';
import type { Participant } from './participant.js';
import { participantsOf } from './participants-follower.js';
import { type SessionOption, useGivenSession } from './session-context.js';
import { SharedStore } from './shared-store.js';
import { useStore } from './use-store.js';

/** What {@link useParticipants} goes by. */
export interface UseParticipantsOptions
  extends SessionOption,
    Pick<SubscriberProperties, 'subscribeToAudio' | 'subscribeToVideo'> {}

const nobody = new SharedStore<readonly Participant[]>([], () => () => undefined);

/**
 * Everybody in the session: oneself first, then the others in the order in which they came. Subscribes to each
 * remote stream; `subscribeToAudio` and `subscribeToVideo` (both `true`) count for those that come later.
 *
 * The list is another one when somebody came, went, or (un)muted or (un)published something; all who didn't are the same
 * objects as before, so a memoized component per participant renders only for its own. Who speaks is not part of it: see
 * {@link useIsSpeaking}.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function useParticipants(options: UseParticipantsOptions = {}): readonly Participant[] {
  return useStore(useParticipantsStore(options, 'useParticipants'));
}

/**
 * One participant, `undefined` while not there. Renders again only when this one changes.
 *
 * @throws {Error} there is neither a provider nor a session
 */
export function useParticipant(
  connectionId: string,
  options: UseParticipantsOptions = {},
): Participant | undefined {
  const store = useParticipantsStore(options, 'useParticipant');
  const get = useCallback(
    () => store.get().find((participant) => participant.connectionId === connectionId),
    [store, connectionId],
  );
  return useStore(useMemo(() => ({ get, subscribe: store.subscribe }), [store, get]));
}

function useParticipantsStore(
  options: UseParticipantsOptions,
  hook: string,
): SharedStore<readonly Participant[]> {
  const session = useGivenSession(options, hook);
  const { subscribeToAudio = true, subscribeToVideo = true } = options;
  return useMemo(
    () => (session ? participantsOf(session, { subscribeToAudio, subscribeToVideo }) : nobody),
    [session, subscribeToAudio, subscribeToVideo],
  );
}
