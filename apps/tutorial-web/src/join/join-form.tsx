import { Button, Stack, TextInput } from '@mantine/core';
import { type FormEvent, type ReactNode, useState } from 'react';
import type { Recovery } from '../backend/api.js';
import { messages } from '../messages.js';
import { nameLength } from '../shared/link.js';
import { randomRoom } from '../shared/random-room.js';
import { roomSlug } from '../shared/room-slug.js';
import classes from './join-form.module.css';
import { RecoveryChoice } from './recovery-choice.js';

/** Where somebody goes, and under which name. */
export interface Entry {
  room: string;
  name: string;
  /** Who repairs the room, if it is made now. */
  recovery: Recovery;
}

/** What {@link JoinForm} needs. */
export interface JoinFormProps {
  /** Filled in when the form appears; an empty room gets a name of its own. */
  initial: Entry;
  onJoin: (entry: Entry) => void;
  /** Nothing will be sent. */
  listenOnly: boolean;
  /** Shown above the button. */
  children?: ReactNode;
}

/** Which room, under which name. */
export function JoinForm({ initial, onJoin, listenOnly, children }: JoinFormProps) {
  const [room, setRoom] = useState(() => initial.room || randomRoom());
  const [name, setName] = useState(initial.name);
  const [recovery, setRecovery] = useState(initial.recovery);
  // Complaints come when somebody tries to join, not while they type.
  const [tried, setTried] = useState(false);
  const slug = roomSlug(room);
  const trimmed = name.trim();

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (slug && trimmed) onJoin({ room: slug, name: trimmed, recovery });
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput
          label={messages.join.room}
          description={messages.join.roomHint}
          value={room}
          maxLength={nameLength}
          onChange={(event) => setRoom(event.currentTarget.value)}
          error={tried && !slug && messages.join.roomInvalid}
          autoCapitalize="none"
          data-testid="join-room"
        />
        <TextInput
          label={messages.join.name}
          value={name}
          maxLength={nameLength}
          onChange={(event) => setName(event.currentTarget.value)}
          error={tried && !trimmed && messages.join.nameMissing}
          autoComplete="nickname"
          data-testid="join-name"
        />
        {children}
        <RecoveryChoice value={recovery} onChange={setRecovery} />
        <div className={classes.submit}>
          <Button type="submit" size="md" fullWidth data-testid="join-button">
            {listenOnly ? messages.join.joinToListen : messages.join.join}
          </Button>
        </div>
      </Stack>
    </form>
  );
}
