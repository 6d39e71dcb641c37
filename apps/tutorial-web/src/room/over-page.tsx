import { Button, Center, Group, Stack, Text, Title } from '@mantine/core';
import type { CallState } from '../call/call-state.js';
import { failureNotice } from '../call/failure-notice.js';
import { Logo } from '../join/logo.js';
import { messages } from '../messages.js';
import { useTakeFocus } from '../shared/use-take-focus.js';

/** What {@link OverPage} needs. */
export interface OverPageProps {
  state: Extract<CallState, { name: 'ended' | 'failed' }>;
  onAgain: () => void;
  onBack: () => void;
}

/** Why one isn't in the room any more, or didn't get in, and the way on. */
export function OverPage({ state, onAgain, onBack }: OverPageProps) {
  const heading = useTakeFocus<HTMLHeadingElement>();
  const ended = state.name === 'ended';
  const notice = ended ? messages.ended[state.reason] : failureNotice(state.error);
  return (
    <Center component="main" mih="100%" p="md">
      <Stack align="center" gap="md" maw="28rem" ta="center">
        <Logo />
        <div role="alert">
          <Title order={1} size="h2" ref={heading} tabIndex={-1}>
            {notice.title}
          </Title>
          {notice.text && (
            <Text c="dimmed" mt="xs">
              {notice.text}
            </Text>
          )}
        </div>
        <Group justify="center" mt="xs">
          <Button onClick={onAgain} data-testid="join-again">
            {ended ? messages.over.joinAgain : messages.over.tryAgain}
          </Button>
          <Button variant="default" onClick={onBack} data-testid="other-room">
            {messages.over.otherRoom}
          </Button>
        </Group>
      </Stack>
    </Center>
  );
}
