import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { messages as texts } from '../messages.js';
import { SidePanel } from '../shared/side-panel.js';
import { ChatForm } from './chat-form.js';
import { ChatMessage } from './chat-message.js';
import classes from './chat-panel.module.css';
import type { Chat } from './use-chat.js';

/** The conversation: beside the stage, or over it where there is no room. */
export function ChatPanel({ chat }: { chat: Chat }) {
  return (
    <SidePanel
      opened={chat.isOpen}
      onClose={chat.close}
      title={texts.chat.heading}
      closeLabel={texts.controls.closeChat}
      data-testid="chat-panel"
    >
      <MessageList messages={chat.messages} />
      <ChatForm send={chat.send} />
    </SidePanel>
  );
}

function MessageList({ messages }: Pick<Chat, 'messages'>) {
  const list = useRef<HTMLDivElement>(null);
  const count = messages.length;
  useEffect(() => {
    if (count > 0) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  return (
    // Whoever has no mouse scrolls it with the arrow keys, for which it has to have the focus.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className={classes.list} ref={list} role="log" aria-label={texts.chat.heading} tabIndex={0}>
      {count === 0 && (
        <Text c="dimmed" size="sm" ta="center" my="auto">
          {texts.chat.empty}
        </Text>
      )}
      {messages.map((message) => (
        <ChatMessage key={message.id} message={message} />
      ))}
    </div>
  );
}
