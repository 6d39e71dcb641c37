import { describe, expect, it } from 'vitest';
import { ConnectionId, IdFactory, MediaNodeId, SessionId, StreamId, TokenId } from './ids.js';

const ids = new IdFactory((length) => crypto.getRandomValues(new Uint8Array(length)));

describe('IdFactory', () => {
  it('makes ids in the formats of OpenVidu', () => {
    const connectionId = ids.connectionId();
    expect(ids.sessionId()).toMatch(/^ses_[A-Z][A-Za-z0-9]{9}$/);
    expect(connectionId).toMatch(/^con_[A-Z][A-Za-z0-9]{9}$/);
    expect(ids.tokenId()).toMatch(/^tok_[A-Z][A-Za-z0-9]{15}$/);
    expect(ids.streamId('CAM', connectionId)).toMatch(/^str_CAM_[A-Z][A-Za-z0-9]{3}_con_/);
    expect(ids.mediaNodeId()).toMatch(/^media_[A-Z][A-Za-z0-9]{7}$/);
  });

  it('never makes the same id twice in practice', () => {
    expect(new Set(Array.from({ length: 2000 }, () => ids.connectionId())).size).toBe(2000);
  });

  it('throws away bytes that would favour some characters', () => {
    const bytes = [255, 254, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
    const factory = new IdFactory((length) => Uint8Array.from(bytes.splice(0, length)));
    expect(factory.connectionId()).toBe('con_A123456789');
  });
});

describe('id schemas', () => {
  it.each([
    [SessionId, 'room 1'],
    [SessionId, ''],
    [SessionId, 'x'.repeat(257)],
    [ConnectionId, 'con_xnxg19tonh'],
    [TokenId, 'tok_SHORT'],
    [StreamId, 'str_CAM_Abcd'],
    [MediaNodeId, 'media_'],
  ])('refuse a malformed id %#', (schema, value) => {
    expect(schema.safeParse(value).success).toBe(false);
  });
});
