import type { Command } from '@evercall/media-protocol';
import type { Params, Result } from '@evercall/protocol';
import { Injectable } from '@nestjs/common';
import { allOk } from '../media/answers.js';
import { MediaService } from '../media/media.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RequestError } from '../request-error.js';
import {
  abandonStream,
  announceStream,
  forceUnpublish,
  intendStream,
  setTrackActive,
  setVideoDimensions,
  unpublish,
} from '../sessions/domain/publish.js';
import { type MutationKey, SessionChanger } from '../sessions/session-changer.js';
import type { Member } from './member.js';

/** What a connection sends. */
@Injectable()
export class StreamsService {
  constructor(
    private readonly changer: SessionChanger,
    private readonly media: MediaService,
    private readonly surroundings: SurroundingsService,
  ) {}

  /**
   * The wish first, then the media node, then everybody is told: a master that dies in between leaves nothing that
   * the repetition or the repair doesn't finish.
   */
  async publish(
    member: Member,
    params: Params<'publish'>,
    mutation: MutationKey,
  ): Promise<Result<'publish'>> {
    const { streamId, options, tracks, generation } = params;
    mustMatch(params);
    const now = this.surroundings.clock();
    const intended = await this.changer.change(
      member,
      intendStream(member, { streamId, options, generation, now }),
    );
    if (!intended) throw new RequestError('CONFLICT', 'publish again');
    // What the others were told counts: a stream that comes again is as mute as it was.
    const { audioActive, videoActive } = intended.result.info;
    const paused = { audio: audioActive === false, video: videoActive === false };
    const produce = tracks.map(
      ({ kind, rtpParameters }): Command => ({
        name: 'produce',
        params: { connectionId: member.connectionId, streamId, kind, rtpParameters, paused: paused[kind] },
      }),
    );
    try {
      allOk(await this.media.command(intended.state, produce, generation));
    } catch (error) {
      if (!(error instanceof RequestError && error.retryable)) {
        await this.changer.change(member, abandonStream(streamId));
        await this.media.closeStream(intended.state, streamId, generation);
      }
      throw error;
    }
    const announced = await this.changer.change(member, announceStream(streamId, generation), mutation);
    const { sessionId, life, connectionId } = member;
    this.surroundings.logger.info(
      { sessionId, life, connectionId, streamId, generation },
      'stream published',
    );
    return { stream: announced?.result ?? intended.result.info };
  }

  async unpublish(member: Member, { streamId }: Params<'unpublish'>, mutation: MutationKey): Promise<void> {
    const changed = await this.changer.change(member, unpublish(member, streamId), mutation);
    if (changed) await this.media.closeStream(changed.state, streamId);
  }

  async forceUnpublish(
    member: Member,
    { streamId }: Params<'forceUnpublish'>,
    mutation: MutationKey,
  ): Promise<void> {
    const changed = await this.changer.change(member, forceUnpublish(member, streamId), mutation);
    if (changed) await this.media.closeStream(changed.state, streamId);
  }

  async setTrackActive(
    member: Member,
    params: Params<'setTrackActive'>,
    mutation: MutationKey,
  ): Promise<void> {
    const { streamId, kind, active } = params;
    const changed = await this.changer.change(member, setTrackActive(member, params), mutation);
    if (!changed) return;
    allOk(
      await this.media.commandAll(changed.state, [
        { name: 'setProducerPaused', params: { streamId, kind, paused: !active } },
      ]),
    );
  }

  async setVideoDimensions(
    member: Member,
    params: Params<'setVideoDimensions'>,
    mutation: MutationKey,
  ): Promise<void> {
    await this.changer.change(member, setVideoDimensions(member, params), mutation);
  }
}

/** @throws RequestError `BAD_REQUEST` if the tracks are not the ones that the options speak of */
function mustMatch({ options, tracks }: Params<'publish'>): void {
  for (const kind of ['audio', 'video'] as const) {
    const count = tracks.filter((track) => track.kind === kind).length;
    const said = kind === 'audio' ? options.hasAudio : options.hasVideo;
    if (count !== (said ? 1 : 0)) {
      throw new RequestError(
        'BAD_REQUEST',
        `the options say ${said ? 'one' : 'no'} ${kind} track, there are ${count}`,
        {
          field: 'tracks',
        },
      );
    }
  }
}
