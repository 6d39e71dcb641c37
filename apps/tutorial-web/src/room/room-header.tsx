import { ActionIcon, Badge, Group, Text, Tooltip } from '@mantine/core';
import { IconServer2 } from '@tabler/icons-react';
import type { CallState } from '../call/call-state.js';
import type { Call } from '../call/use-call.js';
import { messages } from '../messages.js';
import { useTakeFocus } from '../shared/use-take-focus.js';
import { InviteButton } from './invite-button.js';
import classes from './room-header.module.css';
import { ServedBy } from './served-by.js';

const colors: Record<CallState['name'], string> = {
  connecting: 'neutral',
  connected: 'success',
  reconnecting: 'warning',
  rejoining: 'warning',
  gaveUp: 'danger',
  ended: 'neutral',
  failed: 'danger',
};

/** What {@link RoomHeader} needs. */
export interface RoomHeaderProps {
  room: string;
  call: Call;
  /** The tutorial's cluster panel. */
  cluster: { isOpen: boolean; toggle: () => void };
}

/** Which room, how well connected, and by whom served. */
export function RoomHeader({ room, call, cluster }: RoomHeaderProps) {
  const { state } = call;
  const heading = useTakeFocus<HTMLHeadingElement>();
  return (
    <header className={classes.header}>
      <div className={classes.titles}>
        <Text component="h1" ref={heading} tabIndex={-1} fw={650} truncate title={call.roomName}>
          {call.roomName}
        </Text>
        <ServedBy recovery={call.recovery} />
      </div>
      <Group gap="xs" wrap="nowrap">
        <Badge color={colors[state.name]} variant="dot" className={classes.state}>
          {messages.room.connection[state.name]}
        </Badge>
        <Tooltip label={messages.cluster.heading} openDelay={400}>
          <ActionIcon
            variant={cluster.isOpen ? 'filled' : 'default'}
            size="var(--touch)"
            aria-label={messages.cluster.heading}
            aria-expanded={cluster.isOpen}
            data-testid="toggle-cluster"
            onClick={cluster.toggle}
          >
            <IconServer2 size={20} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <InviteButton room={room} />
      </Group>
    </header>
  );
}
