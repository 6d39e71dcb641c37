import type { Participant } from '@evercall/react';
import { VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { CallState } from '../call/call-state.js';
import { senderName } from '../chat/sender-name.js';
import type { Chat } from '../chat/use-chat.js';
import { messages } from '../messages.js';
import { participantName } from '../shared/participant-name.js';
import { announcements, type Roster } from './announcements.js';
import { bannerOf } from './banner.js';

/** What {@link Announcer} needs. */
export interface AnnouncerProps {
  participants: readonly Participant[];
  state: CallState;
  chat: Pick<Chat, 'messages' | 'unread'>;
}

/** Says to a screen reader who comes, goes and writes, and how the connection is. */
export function Announcer({ participants, state, chat }: AnnouncerProps) {
  const [news, setNews] = useState('');
  const before = useRef<Roster | undefined>(undefined);
  useEffect(() => {
    // Between two meetings nobody is there; that nobody left is what counts.
    if (state.name !== 'connected') return;
    const others = participants.filter((participant) => !participant.isLocal);
    const now = new Map(
      others.map((participant) => [participant.connectionId, participantName(participant)]),
    );
    const said = before.current === undefined ? [] : announcements(before.current, now);
    before.current = now;
    if (said.length > 0) setNews(said.join('. '));
  }, [participants, state.name]);
  // While the chat is open its list says it.
  const last = chat.unread > 0 ? chat.messages.at(-1) : undefined;
  return (
    <VisuallyHidden>
      {/* What the banner says is a status of its own. */}
      <output data-testid="connection-announcement">
        {!bannerOf(state) && messages.room.connection[state.name]}
      </output>
      <div role="log" data-testid="announcements">
        <p>{news}</p>
        {last && !last.isLocal && <p key={last.id}>{messages.room.wrote(senderName(last), last.data)}</p>}
      </div>
    </VisuallyHidden>
  );
}
