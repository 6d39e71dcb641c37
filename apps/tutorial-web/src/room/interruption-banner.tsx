import { Button, Loader, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import type { CallState } from '../call/call-state.js';
import { messages } from '../messages.js';
import { bannerOf } from './banner.js';
import classes from './interruption-banner.module.css';

/** What {@link InterruptionBanner} needs. */
export interface InterruptionBannerProps {
  state: CallState;
  onAgain: () => void;
}

/** Over the stage, which stays as it is, while the connection is away. The announcer says the same to screen readers. */
export function InterruptionBanner({ state, onAgain }: InterruptionBannerProps) {
  const banner = bannerOf(state);
  if (!banner) return null;
  const asks = banner.kind === 'gaveUp';
  return (
    <div className={classes.banner} data-testid="interruption" data-kind={banner.kind}>
      {asks ? <IconAlertTriangle size={18} aria-hidden /> : <Loader size="xs" color="currentColor" />}
      <Text size="sm">{banner.text}</Text>
      {asks && (
        <Button size="compact-sm" onClick={onAgain} data-testid="join-again">
          {messages.room.banner.again}
        </Button>
      )}
    </div>
  );
}
