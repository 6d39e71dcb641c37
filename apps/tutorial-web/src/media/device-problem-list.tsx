import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { messages } from '../messages.js';
import { deviceProblemsOf } from './device-problems.js';
import type { Media } from './use-media.js';

/** What {@link DeviceProblemList} needs. */
export interface DeviceProblemListProps {
  media: Media;
  /** Titles of what is not to be shown. */
  except?: ReadonlySet<string>;
  /** Offers to close each. */
  onClose?: (title: string) => void;
}

/** What is wrong with camera and microphone, and what to do. */
export function DeviceProblemList({ media, except, onClose }: DeviceProblemListProps) {
  const problems = deviceProblemsOf(media.audio.status, media.video.status).filter(
    ({ notice }) => !except?.has(notice.title),
  );
  if (problems.length === 0) return null;
  return (
    <Stack gap="xs" data-testid="device-problems">
      {problems.map(({ devices, notice, canRetry }) => (
        <Alert
          key={notice.title}
          color="warning"
          variant="light"
          title={notice.title}
          icon={<IconAlertTriangle aria-hidden />}
          {...(onClose && {
            withCloseButton: true,
            closeButtonLabel: messages.room.closeNotice,
            onClose: () => onClose(notice.title),
          })}
        >
          <Text size="sm">{notice.text}</Text>
          {canRetry && (
            <Button
              mt="xs"
              variant="default"
              onClick={() => {
                if (devices.includes('audio')) void media.selectAudio();
                if (devices.includes('video')) void media.selectVideo();
              }}
            >
              {messages.devices.retry}
            </Button>
          )}
        </Alert>
      ))}
    </Stack>
  );
}
