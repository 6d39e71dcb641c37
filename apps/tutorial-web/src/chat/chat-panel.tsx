import { CloseButton, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useEffect, useRef, useState } from 'react';
import { messages as texts } from '../messages.js';
import { ChatForm } from './chat-form.js';
import { ChatMessage } from './chat-message.js';
import classes from './chat-panel.module.css';
import type { Chat } from './use-chat.js';

/** The conversation: beside the stage, or over it where there is no room. Escape closes it. */
export function ChatPanel({ chat }: { chat: Chat }) {
  const list = useRef<HTMLDivElement>(null);
  const { messages } = chat;
  const count = messages.length;
  useEffect(() => {
    if (count > 0) list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [count]);
  useHotkeys([['Escape', () => chat.close()]], []);
  useReturnFocus();
  return (
    <aside className={classes.panel} aria-label={texts.chat.heading}>
      <Group justify="space-between" p="sm">
        <Text component="h2" fw={650}>
          {texts.chat.heading}
        </Text>
        <CloseButton aria-label={texts.controls.closeChat} onClick={chat.close} />
      </Group>
      <div className={classes.list} ref={list} role="log" aria-label={texts.chat.heading}>
        {messages.length === 0 && (
          <Text c="dimmed" size="sm" ta="center" my="auto">
            {texts.chat.empty}
          </Text>
        )}
        {messages.map((message) => (
          <ChatMessage key={message.id} message={message} />
        ))}
      </div>
      <ChatForm send={chat.send} />
    </aside>
  );
}

/** Gives the focus back to the button that opened this. */
function useReturnFocus(): void {
  // Read while rendering: by the time of the effect the message field has it.
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      if (before instanceof HTMLElement) before.focus();
    },
    [before],
  );
}
