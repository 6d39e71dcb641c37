import { Loader, Text } from '@mantine/core';
import type { CallState } from '../call/call-state.js';
import { messages } from '../messages.js';
import classes from './interruption-banner.module.css';

/** Over the stage, which stays as it is, while the connection is away. */
export function InterruptionBanner({ state }: { state: CallState }) {
  const text = bannerText(state);
  if (text === undefined) return null;
  return (
    <div className={classes.banner} data-testid="interruption">
      <Loader size="xs" color="currentColor" />
      <Text size="sm">{text}</Text>
    </div>
  );
}

function bannerText(state: CallState): string | undefined {
  if (state.name === 'connecting') return messages.room.connection.connecting;
  if (state.name === 'reconnecting') return messages.room.reconnectingBanner;
  return state.name === 'rejoining' ? messages.room.rejoiningBanner(state.attempt) : undefined;
}
