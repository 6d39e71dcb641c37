import { describe, expect, it } from 'vitest';
import { SessionId, TokenId } from './ids.js';
import { formatToken, parseToken } from './token.js';

const sessionId = SessionId.parse('Room-1');
const tokenId = TokenId.parse('tok_AVe8o7iltWqtijyl');

describe('token URL', () => {
  it('is read as it was written', () => {
    const text = formatToken('https://call.example:4443/', sessionId, tokenId);
    expect(text).toBe('wss://call.example:4443?sessionId=Room-1&token=tok_AVe8o7iltWqtijyl');
    expect(parseToken(text)).toEqual({ origin: 'wss://call.example:4443', sessionId, tokenId });
  });

  it('may carry the parameters of other OpenVidu versions', () => {
    expect(
      parseToken(`${formatToken('http://a', sessionId, tokenId)}&role=PUBLISHER&edition=pro`),
    ).toMatchObject({ tokenId });
  });

  it.each([
    '',
    'tok_AVe8o7iltWqtijyl',
    'wss://a',
    'https://a?sessionId=R&token=tok_AVe8o7iltWqtijyl',
    'wss://a?sessionId=R&token=x',
    'wss://a?sessionId=a%20b&token=tok_AVe8o7iltWqtijyl',
  ])('is refused when malformed: %s', (text) => expect(parseToken(text)).toBeUndefined());
});
