import { Group, Text } from '@mantine/core';
import { messages } from '../messages.js';

/** The application's sign and name. */
export function Logo() {
  return (
    <Group gap="xs">
      <img src="/icon.svg" width={28} height={28} alt="" />
      <Text fw={650}>{messages.appName}</Text>
    </Group>
  );
}
