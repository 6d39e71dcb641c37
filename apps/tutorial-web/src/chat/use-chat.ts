import { type ReceivedSignal, useSignals } from '@evercall/react';
import { useCallback, useState } from 'react';

/** The conversation of a room. */
export interface Chat {
  messages: readonly ReceivedSignal[];
  isOpen: boolean;
  /** Messages of others that came while it was closed. */
  unread: number;
  toggle: () => void;
  close: () => void;
  send: (text: string) => Promise<void>;
}

/** Type of the signals that carry it. */
const signalType = 'chat';

/** The conversation, and how much of it one has seen. */
export function useChat(): Chat {
  const { signals, send } = useSignals(signalType);
  const [isOpen, setOpen] = useState(false);
  const [seenId, setSeenId] = useState(0);
  const lastId = signals.at(-1)?.id ?? 0;
  const markSeen = useCallback(() => setSeenId(lastId), [lastId]);
  const unread = signals.filter((signal) => !signal.isLocal && signal.id > seenId).length;
  return {
    messages: signals,
    isOpen,
    unread: isOpen ? 0 : unread,
    toggle: useCallback(() => {
      markSeen();
      setOpen((was) => !was);
    }, [markSeen]),
    close: useCallback(() => {
      markSeen();
      setOpen(false);
    }, [markSeen]),
    send,
  };
}
