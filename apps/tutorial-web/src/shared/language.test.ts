// @vitest-environment jsdom
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { german } from '../messages.de.js';
import { english, messages } from '../messages.js';
import { preferredLanguage, setLanguage, startLanguage } from './language.js';

beforeEach(() => localStorage.clear());
afterEach(() => {
  vi.unstubAllGlobals();
  setLanguage('en');
});

const visit = (...wanted: string[]) => {
  vi.stubGlobal('navigator', { languages: wanted });
  startLanguage();
};

it.each([
  ['', ['de-AT', 'en'], 'de'],
  ['', ['fr', 'de'], 'de'],
  ['', ['fr'], 'en'],
  ['', [], 'en'],
  ['en', ['de'], 'en'],
  ['tlh', ['de'], 'de'],
])('remembered %j, wanted %j: %s', (remembered, wanted, language) => {
  expect(preferredLanguage(remembered, wanted)).toBe(language);
});

it('speaks what the browser asks for, and tells screen readers', () => {
  visit('de-DE', 'en');
  expect(messages.join.join).toBe(german.join.join);
  expect(document.documentElement.lang).toBe('de');
});

it('keeps what was chosen for the next visit', () => {
  visit('de');
  setLanguage('en');
  expect(messages.join.join).toBe(english.join.join);
  visit('de');
  expect(messages.join.join).toBe(english.join.join);
  expect(document.documentElement.lang).toBe('en');
});
