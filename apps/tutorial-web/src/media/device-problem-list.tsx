import { Alert, Button, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { messages } from '../messages.js';
import { deviceProblemsOf } from './device-problems.js';
import type { Media } from './use-media.js';

/** What is wrong with camera and microphone, and what to do. */
export function DeviceProblemList({ media }: { media: Media }) {
  const problems = deviceProblemsOf(media.audio.status, media.video.status);
  if (problems.length === 0) return null;
  return (
    <Stack gap="xs" data-testid="device-problems">
      {problems.map(({ devices, notice, canRetry }) => (
        <Alert
          key={notice.title}
          color="orange"
          variant="light"
          title={notice.title}
          icon={<IconAlertTriangle aria-hidden />}
        >
          <Text size="sm">{notice.text}</Text>
          {canRetry && (
            <Button
              mt="xs"
              size="compact-sm"
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
