import { expect, it } from 'vitest';
import { german } from './messages.de.js';
import { english } from './messages.js';

it('counts in words that fit the number', () => {
  expect(english.controls.chatWithUnread(1)).toBe('Chat, 1 new message');
  expect(english.controls.chatWithUnread(2)).toBe('Chat, 2 new messages');
  expect(german.controls.chatWithUnread(1)).toBe('Chat, 1 neue Nachricht');
  expect(german.controls.chatWithUnread(2)).toBe('Chat, 2 neue Nachrichten');
  expect(english.cluster.masterLoad(0, 5)).toBe('0 sockets · CPU 5 %');
  expect(german.cluster.log.ms(1234.4)).toBe('1.234 ms');
});

it('bends words as the language wants it', () => {
  expect(english.deviceProblems.inUse('camera').title).toBe('The camera is in use');
  expect(english.deviceProblems.inUse('both').title).toBe('The camera and microphone are in use');
  expect(german.deviceProblems.inUse('camera').title).toBe('Die Kamera ist belegt');
  expect(german.deviceProblems.inUse('both').title).toBe('Kamera und Mikrofon sind belegt');
  expect(german.deviceProblems.noDevice('microphone').title).toBe('Kein Mikrofon gefunden');
});
