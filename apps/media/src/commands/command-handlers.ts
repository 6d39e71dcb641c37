import type { CommandName, CommandParams, CommandResult, Leg } from '@evercall/media-protocol';
import type { LegDirectoryService } from '../legs/leg-directory.service.js';
import type { LegMedia } from '../legs/leg-media.js';
import { capabilitiesHash } from '../mediasoup/capabilities-hash.js';
import { toJson } from '../mediasoup/read-parameters.js';
import type { Clock } from '../tokens.js';
import { closeConsumers, consume, setConsumersPaused } from './consumer-commands.js';
import { closeStream, produce, setProducerPaused } from './producer-commands.js';
import { closeConnection, connectTransport, openTransport, restartIce } from './transport-commands.js';

type Handler<Name extends CommandName> = (
  leg: Leg,
  params: CommandParams<Name>,
) => Promise<CommandResult<Name>>;

/** What carries each command out. */
export type CommandHandlers = { [Name in CommandName]: Handler<Name> };

export function createHandlers(legs: LegDirectoryService, clock: Clock): CommandHandlers {
  /** Most commands act on a leg that must be open. */
  const inLeg =
    <Params, Result>(handle: (media: LegMedia, params: Params, clock: Clock) => Promise<Result>) =>
    async (leg: Leg, params: Params): Promise<Result> =>
      handle(legs.get(leg), params, clock);

  return {
    openSession: async (leg, { worker }) => {
      const media = await legs.open(leg, worker);
      const rtpCapabilities = toJson(media.router.rtpCapabilities);
      return {
        worker: media.worker.index,
        capabilitiesHash: capabilitiesHash(rtpCapabilities),
        rtpCapabilities,
      };
    },
    closeSession: async (leg) => {
      legs.close(leg);
      return {};
    },
    openTransport: inLeg(openTransport),
    connectTransport: inLeg(connectTransport),
    restartIce: inLeg(restartIce),
    closeConnection: inLeg(closeConnection),
    produce: inLeg(produce),
    closeStream: inLeg(closeStream),
    setProducerPaused: inLeg(setProducerPaused),
    consume: inLeg(consume),
    setConsumersPaused: inLeg(setConsumersPaused),
    closeConsumers: inLeg(closeConsumers),
  };
}
