import { createContext, useContext } from 'react';
import { english, type Messages } from './messages.js';

/** The texts of the provider above; English without one. */
export const MessagesContext = createContext<Messages>(english);

/** The texts that components below this place show: those of the `SessionProvider`, else English. */
export function useMessages(): Messages {
  return useContext(MessagesContext);
}
