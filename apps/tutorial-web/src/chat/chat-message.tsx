import type { ReceivedSignal } from '@evercall/react';
import { Text } from '@mantine/core';
import classes from './chat-message.module.css';
import { senderName } from './sender-name.js';

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** One message, with who sent it and when. */
export function ChatMessage({ message }: { message: ReceivedSignal }) {
  return (
    <div className={classes.message} data-own={message.isLocal}>
      <Text size="xs" c="dimmed">
        {senderName(message)} · {clock.format(message.receivedAt)}
      </Text>
      <div className={classes.bubble} data-testid="chat-message">
        {message.data}
      </div>
    </div>
  );
}
