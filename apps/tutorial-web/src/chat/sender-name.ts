import type { ReceivedSignal } from '@evercall/react';
import { messages } from '../messages.js';
import { nameFromData } from '../shared/participant-name.js';

/** Who sent a message: oneself, somebody else, or the application's backend. */
export function senderName({ isLocal, from }: Pick<ReceivedSignal, 'isLocal' | 'from'>): string {
  if (isLocal) return messages.chat.you;
  return from ? nameFromData(from.data) : messages.appName;
}
