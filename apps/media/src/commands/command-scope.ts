import type { CommandName, CommandParams } from '@evercall/media-protocol';
import type { StreamId } from '@evercall/protocol';

/** The connection that publishes a stream; its id is the end of the stream's. */
export function publisherOf(streamId: StreamId): string {
  return streamId.slice(streamId.indexOf('_con_') + 1);
}

/** The connection whose commands a command must not overtake; nothing for one that concerns the whole session. */
export function connectionOf(params: CommandParams<CommandName>): string | undefined {
  if ('connectionId' in params) return params.connectionId;
  return 'streamId' in params ? publisherOf(params.streamId) : undefined;
}
