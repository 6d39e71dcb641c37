import { Center, Stack, Text, Title } from '@mantine/core';
import { DeviceFields } from '../media/device-fields.js';
import { DeviceProblemList } from '../media/device-problem-list.js';
import type { Media } from '../media/use-media.js';
import { messages } from '../messages.js';
import { DevicePreview } from './device-preview.js';
import { JoinForm, type JoinFormProps } from './join-form.js';
import classes from './join-page.module.css';
import { Logo } from './logo.js';

/** What {@link JoinPage} needs. */
export interface JoinPageProps extends Pick<JoinFormProps, 'initial' | 'onJoin'> {
  media: Media;
}

/** Room, name and devices, before one is seen. */
export function JoinPage({ initial, media, onJoin }: JoinPageProps) {
  const sends = media.stream !== undefined;
  return (
    <Center component="main" className={classes.page}>
      <title>{messages.appName}</title>
      <div className={classes.card}>
        <Stack gap="sm" className={classes.preview}>
          <DevicePreview media={media} />
          <DeviceProblemList media={media} />
        </Stack>
        <Stack gap="md" className={classes.form}>
          <div>
            <Logo />
            <Title order={1} size="h2" mt="sm">
              {messages.join.heading}
            </Title>
            <Text c="dimmed">{messages.join.lead}</Text>
          </div>
          <JoinForm initial={initial} onJoin={onJoin} listenOnly={!sends}>
            <DeviceFields media={media} />
          </JoinForm>
        </Stack>
      </div>
    </Center>
  );
}
