import { Stack, Text, Title } from '@mantine/core';
import { DeviceFields } from '../media/device-fields.js';
import { DeviceProblemList } from '../media/device-problem-list.js';
import type { Media } from '../media/use-media.js';
import { messages } from '../messages.js';
import { LanguageMenu } from '../shared/language-menu.js';
import { SchemeSwitch } from '../shared/scheme-switch.js';
import { useTakeFocus } from '../shared/use-take-focus.js';
import { DevicePreview } from './device-preview.js';
import { JoinForm, type JoinFormProps } from './join-form.js';
import classes from './join-page.module.css';
import { Logo } from './logo.js';

/** What {@link JoinPage} needs. */
export interface JoinPageProps extends Pick<JoinFormProps, 'initial' | 'onJoin'> {
  media: Media;
  /** Whether one comes out of a room. */
  isReturn: boolean;
}

/** Room, name and devices, before one is seen. */
export function JoinPage({ initial, media, isReturn, onJoin }: JoinPageProps) {
  const heading = useTakeFocus<HTMLHeadingElement>(isReturn);
  const sends = media.stream !== undefined;
  return (
    <main className={classes.page}>
      <title>{messages.appName}</title>
      <div className={classes.card}>
        <div className={classes.intro}>
          <Logo />
          <Title order={1} size="h2" mt="sm" ref={heading} tabIndex={-1}>
            {messages.join.heading}
          </Title>
          <Text c="dimmed">{messages.join.lead}</Text>
        </div>
        <Stack gap="sm" className={classes.preview}>
          <DevicePreview media={media} />
          <DeviceProblemList media={media} />
        </Stack>
        <div className={classes.form}>
          <JoinForm initial={initial} onJoin={onJoin} listenOnly={!sends}>
            <DeviceFields media={media} />
          </JoinForm>
        </div>
      </div>
      <div className={classes.preferences}>
        <LanguageMenu />
        <SchemeSwitch />
      </div>
    </main>
  );
}
