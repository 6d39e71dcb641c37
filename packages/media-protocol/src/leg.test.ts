import { describe, expect, it } from 'vitest';
import { commands } from './commands.js';
import { Leg, legKey } from './leg.js';

describe('leg', () => {
  it('has one key for each session, life and generation', () => {
    const leg = Leg.parse({ sessionId: 'S', life: 2, generation: 3 });
    expect(legKey(leg)).toBe('S/2/3');
  });

  it.each([
    { sessionId: 'S', life: 0, generation: 1 },
    { sessionId: 'S S', life: 1, generation: 1 },
    { sessionId: 'S', life: 1 },
  ])('is refused when malformed: %j', (value) => expect(Leg.safeParse(value).success).toBe(false));
});

describe('commands', () => {
  it('refuse parameters of the wrong shape and name the field', () => {
    const parsed = commands.openTransport.params.safeParse({
      connectionId: 'con_X',
      direction: 'send',
      renew: false,
    });
    expect(parsed.error?.issues.map((issue) => issue.path.join('.'))).toEqual(['connectionId']);
  });
});
