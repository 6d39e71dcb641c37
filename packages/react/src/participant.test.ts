import { describe, expect, it } from 'vitest';
import { splitData } from './participant.js';

describe('splitData', () => {
  it.each([
    { data: 'client%/%server', clientData: 'client', serverData: 'server' },
    { data: '{"clientData":"Ada"}', clientData: '{"clientData":"Ada"}', serverData: '' },
    { data: '', clientData: '', serverData: '' },
  ])('takes $data apart', ({ data, clientData, serverData }) => {
    expect(splitData(data)).toEqual({ clientData, serverData });
  });
});
