import { ConnectionToast } from '@evercall/react';
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

/** Over the stage, which stays as it is, while the connection is away. */
export function InterruptionBanner({ state, onAgain }: InterruptionBannerProps) {
  const { banner } = messages.room;
  return (
    <ConnectionToast notice={bannerOf(state)} messages={banner}>
      {(text, { kind }) => (
        <div className={classes.banner} data-testid="interruption" data-kind={kind}>
          {kind === 'gaveUp' ? (
            <IconAlertTriangle size={18} aria-hidden />
          ) : (
            <Loader size="xs" color="currentColor" />
          )}
          <Text size="sm">{text}</Text>
          {kind === 'gaveUp' && (
            <Button size="compact-sm" onClick={onAgain} data-testid="join-again">
              {banner.again}
            </Button>
          )}
        </div>
      )}
    </ConnectionToast>
  );
}
