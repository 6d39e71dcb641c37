import type { UseSession } from '@evercall/react';
import { Badge, Group, Text } from '@mantine/core';
import type { CallState } from '../call/call-state.js';
import { messages } from '../messages.js';
import { InviteButton } from './invite-button.js';
import classes from './room-header.module.css';
import { ServedBy } from './served-by.js';

const colors: Record<CallState['name'], string> = {
  connecting: 'gray',
  connected: 'teal',
  reconnecting: 'orange',
  rejoining: 'orange',
  ended: 'gray',
  failed: 'red',
};

/** What {@link RoomHeader} needs. */
export interface RoomHeaderProps {
  room: string;
  roomName: string;
  state: CallState;
  session: UseSession['session'];
}

/** Which room, how well connected, and by whom served. */
export function RoomHeader({ room, roomName, state, session }: RoomHeaderProps) {
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <Text component="h1" fw={650} truncate>
          {roomName}
        </Text>
        <ServedBy session={session} />
      </div>
      <Group gap="xs" wrap="nowrap">
        <Badge color={colors[state.name]} variant="dot" className={classes.state}>
          {messages.room.connection[state.name]}
        </Badge>
        <InviteButton room={room} />
      </Group>
    </header>
  );
}
