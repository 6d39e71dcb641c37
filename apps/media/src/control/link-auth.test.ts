import { controlKey, mediaProtocolVersion } from '@evercall/media-protocol';
import { MediaNodeId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { checkLink, LinkRefusedError } from './link-auth.js';

const own = { secret: 'SECRET', mediaNodeId: MediaNodeId.parse('media_Aaaaaaaa') };
const good = {
  protocol: mediaProtocolVersion,
  masterId: 'master_Aaaaaaaa',
  key: controlKey('SECRET'),
  mediaNodeId: own.mediaNodeId,
};

function refusal(auth: unknown): unknown {
  try {
    return checkLink(auth, own);
  } catch (error) {
    return error instanceof LinkRefusedError ? error.data : error;
  }
}

describe('checkLink', () => {
  it('lets in a master with the key, also one release behind', () => {
    expect(checkLink(good, own)).toBe('master_Aaaaaaaa');
    expect(checkLink({ ...good, protocol: mediaProtocolVersion - 1 }, own)).toBe('master_Aaaaaaaa');
  });

  it('tells nothing to who has no key', () => {
    expect(refusal({ ...good, key: controlKey('other') })).toEqual({ code: 'KEY_WRONG' });
    expect(refusal({})).toEqual({ code: 'AUTH_MALFORMED' });
    expect(refusal(undefined)).toEqual({ code: 'AUTH_MALFORMED' });
  });

  it('names itself to a master that expects another incarnation', () => {
    expect(refusal({ ...good, mediaNodeId: 'media_Bbbbbbbb' })).toEqual({
      code: 'OTHER_INCARNATION',
      mediaNodeId: own.mediaNodeId,
    });
  });

  it.each([mediaProtocolVersion + 1, mediaProtocolVersion - 2])('refuses protocol %d', (protocol) =>
    expect(refusal({ ...good, protocol })).toEqual({
      code: 'PROTOCOL_UNSUPPORTED',
      mediaNodeId: own.mediaNodeId,
    }),
  );
});
