import { type ReactElement, type ReactNode, useMemo, useState } from 'react';
import { changeMessages, english, type MessageChanges } from './messages.js';
import { MessagesContext } from './messages-context.js';
import { SessionContext, SessionValueContext } from './session-context.js';
import { Sound } from './sound.js';
import { SoundContext } from './sound-context.js';
import type { UseSession } from './use-session.js';

/** What {@link SessionProvider} needs. */
export interface SessionProviderProps {
  /** What `useSession` returned. */
  value: UseSession;
  /** Texts in place of the English ones. Give the same object each time, or everything below renders again. */
  messages?: MessageChanges | undefined;
  children?: ReactNode;
}

/**
 * Gives a session to all hooks and components below, with their texts, the audio output device and the sound that the
 * browser holds back.
 */
export function SessionProvider({ value, messages, children }: SessionProviderProps): ReactElement {
  const { session } = value;
  const [sound] = useState(() => new Sound());
  const shared = useMemo(() => ({ session }), [session]);
  const texts = useMemo(() => (messages ? changeMessages(english, messages) : english), [messages]);
  return (
    <SessionContext.Provider value={shared}>
      <SessionValueContext.Provider value={value}>
        <MessagesContext.Provider value={texts}>
          <SoundContext.Provider value={sound}>{children}</SoundContext.Provider>
        </MessagesContext.Provider>
      </SessionValueContext.Provider>
    </SessionContext.Provider>
  );
}
