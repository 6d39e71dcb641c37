import type { UsePublisher, UseScreenShare } from '@evercall/react';
import { Alert, Stack } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useState } from 'react';
import { DeviceProblemList } from '../media/device-problem-list.js';
import { deviceProblemsOf } from '../media/device-problems.js';
import type { Media } from '../media/use-media.js';
import { messages, type Notice } from '../messages.js';
import classes from './room-notices.module.css';

/** What {@link RoomNotices} needs. */
export interface RoomNoticesProps {
  media: Media;
  publisher: UsePublisher;
  screen: UseScreenShare;
}

/** What doesn't work of what we send, over the stage. Closed, it stays away until it goes wrong anew. */
export function RoomNotices({ media, publisher, screen }: RoomNoticesProps) {
  const { audio, video } = media;
  const failures: Notice[] = [
    ...(publisher.state === 'failed' ? [messages.room.sendingFailed] : []),
    ...(screen.state === 'failed' ? [messages.room.sharingFailed] : []),
  ];
  const problems = deviceProblemsOf(audio.status, video.status);
  const titles = [...problems.map((problem) => problem.notice), ...failures].map(({ title }) => title);
  // What is there from the start was read at the form. What went away is shown again when it comes back.
  const [closed, setClosed] = useState<ReadonlySet<string>>(() => new Set(titles));
  const stillClosed = new Set(titles.filter((title) => closed.has(title)));
  if (stillClosed.size < closed.size) setClosed(stillClosed);
  if (stillClosed.size === titles.length) return null;

  const close = (title: string) => setClosed((before) => new Set([...before, title]));
  return (
    <Stack gap="xs" className={classes.notices} role="alert" data-testid="notices">
      <DeviceProblemList media={media} except={closed} onClose={close} />
      {failures
        .filter(({ title }) => !closed.has(title))
        .map(({ title, text }) => (
          <Alert
            key={title}
            color="warning"
            title={title}
            icon={<IconAlertTriangle aria-hidden />}
            withCloseButton
            closeButtonLabel={messages.room.closeNotice}
            onClose={() => close(title)}
          >
            {text}
          </Alert>
        ))}
    </Stack>
  );
}
