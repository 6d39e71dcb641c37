import { ActionIcon, Group, TextInput } from '@mantine/core';
import { IconSend2 } from '@tabler/icons-react';
import { type FormEvent, useState } from 'react';
import { messages } from '../messages.js';
import { useIsNarrow } from '../shared/use-is-narrow.js';
import type { Chat } from './use-chat.js';

/** Characters of one message; four bytes each stay far below what a signal may carry. */
const textLength = 4000;

/** Writes to everybody. A message that can't be sent stays in the field. */
export function ChatForm({ send }: Pick<Chat, 'send'>) {
  const [text, setText] = useState('');
  const [failed, setFailed] = useState(false);
  const isNarrow = useIsNarrow();

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const message = text.trim();
    if (!message) return;
    setText('');
    setFailed(false);
    try {
      await send(message);
    } catch {
      // Whatever the reason is, it is not out; what was typed meanwhile goes behind it.
      setText((meanwhile) => (meanwhile ? `${message} ${meanwhile}` : message));
      setFailed(true);
    }
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group p="sm" gap="xs" wrap="nowrap" align="flex-start">
        <TextInput
          style={{ flex: 1 }}
          aria-label={messages.chat.placeholder}
          placeholder={messages.chat.placeholder}
          value={text}
          maxLength={textLength}
          onChange={(event) => setText(event.currentTarget.value)}
          error={failed && messages.chat.failed}
          autoComplete="off"
          // On a telephone the keyboard would come with it, and cover what there is to read.
          data-autofocus={!isNarrow || undefined}
          data-testid="chat-input"
        />
        <ActionIcon
          type="submit"
          size="var(--touch)"
          aria-label={messages.chat.send}
          disabled={!text.trim()}
          data-testid="chat-send"
        >
          <IconSend2 size={20} aria-hidden />
        </ActionIcon>
      </Group>
    </form>
  );
}
