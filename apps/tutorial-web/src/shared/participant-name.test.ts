import { describe, expect, it } from 'vitest';
import { nameFromData, participantName } from './participant-name.js';

describe('participantName', () => {
  it.each([
    [{ serverData: '{"name":"Ana","userId":"1"}', clientData: '{"clientData":"Eve"}' }, 'Ana'],
    [{ serverData: '', clientData: '{"clientData":"Eve"}' }, 'Eve'],
    [{ serverData: 'anything', clientData: 'Eve' }, 'Eve'],
    [{ serverData: '', clientData: '' }, 'Guest'],
    [{ serverData: '', clientData: '{"id":1}' }, 'Guest'],
    [{ serverData: '', clientData: '{"name":"Ana","userId":"1"}' }, 'Ana'],
    [{ serverData: '{"name":"Ana"}', clientData: '{"name":"Somebody else"}' }, 'Ana'],
    [{ serverData: '{"name":7}', clientData: ' ' }, 'Guest'],
  ])('%j is %s', (data, name) => expect(participantName(data)).toBe(name));
});

describe('nameFromData', () => {
  it.each([
    ['{"clientData":"Eve"}%/%{"name":"Ana"}', 'Ana'],
    ['{"name":"Ana"}', 'Ana'],
    ['{"clientData":"Eve"}', 'Eve'],
    ['', 'Guest'],
  ])('%s is %s', (data, name) => expect(nameFromData(data)).toBe(name));
});
