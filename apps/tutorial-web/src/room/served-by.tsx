import { useServedBy } from '@evercall/react';
import { Text } from '@mantine/core';
import type { Recovery } from '../backend/api.js';
import { messages } from '../messages.js';

/** What {@link ServedBy} needs. */
export interface ServedByProps {
  recovery: Recovery;
}

/** The master and the media node that serve us now, and who repairs it if that isn't the platform. */
export function ServedBy({ recovery }: ServedByProps) {
  const nodes = useServedBy();
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
      data-recovery={recovery}
    >
      {nodes && messages.room.servedBy(nodes.masterName, nodes.mediaNodeName)}
      {nodes && recovery === 'application' && ` · ${messages.room.rebuiltByApp}`}
    </Text>
  );
}
