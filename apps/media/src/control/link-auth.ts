import { isControlKey, isMediaProtocolSupported, LinkAuth, type LinkRefusal } from '@evercall/media-protocol';
import type { MasterId, MediaNodeId } from '@evercall/protocol';

/** A link that is refused; socket.io passes `data` on to the master. */
export class LinkRefusedError extends Error {
  readonly data: LinkRefusal;

  constructor(message: string, data: LinkRefusal) {
    super(message);
    this.name = 'LinkRefusedError';
    this.data = data;
  }
}

/**
 * Checks who wants to open a control link.
 *
 * @param auth - What came with the handshake.
 * @returns the master
 * @throws LinkRefusedError
 */
export function checkLink(auth: unknown, own: { secret: string; mediaNodeId: MediaNodeId }): MasterId {
  const { secret, mediaNodeId } = own;
  const parsed = LinkAuth.safeParse(auth);
  if (!parsed.success) {
    const field = parsed.error.issues[0]?.path.join('.') ?? 'auth';
    throw new LinkRefusedError(`${field} is malformed`, { code: 'AUTH_MALFORMED' });
  }
  const { key, protocol, masterId } = parsed.data;
  if (!isControlKey(key, secret)) throw new LinkRefusedError('the key is wrong', { code: 'KEY_WRONG' });
  if (!isMediaProtocolSupported(protocol)) {
    throw new LinkRefusedError(`protocol ${protocol} isn't supported`, {
      code: 'PROTOCOL_UNSUPPORTED',
      mediaNodeId,
    });
  }
  if (parsed.data.mediaNodeId !== mediaNodeId) {
    throw new LinkRefusedError(`this is ${mediaNodeId}`, { code: 'OTHER_INCARNATION', mediaNodeId });
  }
  return masterId;
}
