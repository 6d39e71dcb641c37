import { ConnectionId, StreamId } from '@evercall/protocol';
import { describe, expect, it } from 'vitest';
import { connectionOf } from './command-scope.js';

const connectionId = ConnectionId.parse('con_Bbbbbbbbbb');
const streamId = StreamId.parse('str_CAM_AAAA_con_Aaaaaaaaaa');

describe('connectionOf', () => {
  it('is who receives, for a command that names both', () => {
    expect(connectionOf({ connectionId, streamId })).toBe('con_Bbbbbbbbbb');
  });

  it('is who publishes, for a command about a stream', () => {
    expect(connectionOf({ streamId })).toBe('con_Aaaaaaaaaa');
  });

  it('is nobody, for a command about the session', () => expect(connectionOf({})).toBeUndefined());
});
