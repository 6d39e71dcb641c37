import type { ReceivedSignal } from '@evercall/react';
import { Text } from '@mantine/core';
import { messages } from '../messages.js';
import { nameFromData } from '../shared/participant-name.js';
import classes from './chat-message.module.css';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** One message, with who sent it and when. */
export function ChatMessage({ message }: { message: ReceivedSignal }) {
  const { from, isLocal, receivedAt, data } = message;
  const author = isLocal ? messages.chat.you : from ? nameFromData(from.data) : messages.appName;
  return (
    <div className={classes.message} data-own={isLocal}>
      <Text size="xs" c="dimmed">
        {author} · {clock.format(receivedAt)}
      </Text>
      <div className={classes.bubble} data-testid="chat-message">
        {data}
      </div>
    </div>
  );
}
