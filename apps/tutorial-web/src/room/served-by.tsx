import { type UseSession, useServedBy } from '@evercall/react';
import { Text } from '@mantine/core';
import { messages } from '../messages.js';

/** The master and the media node that serve us now. */
export function ServedBy({ session }: { session: UseSession['session'] }) {
  const nodes = useServedBy(session);
  return (
    <Text
      size="xs"
      c="dimmed"
      truncate
      // Kept while unknown, so that nothing moves when it comes.
      mih="1.2em"
      title={messages.room.servedByLabel}
      data-testid="served-by"
      data-master={nodes?.masterName}
      data-media={nodes?.mediaNodeName}
    >
      {nodes && messages.room.servedBy(nodes.masterName, nodes.mediaNodeName)}
    </Text>
  );
}
