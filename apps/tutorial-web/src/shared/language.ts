import { useSyncExternalStore } from 'react';
import { german } from '../messages.de.js';
import { english, type Messages, speak } from '../messages.js';
import { recall, remember } from './memory.js';

/** The languages of the application by their tag. A further one is a file of texts and a line here. */
export const languages = { en: english, de: german } satisfies Record<string, Messages>;

/** Tag of a language that the application speaks. */
export type Language = keyof typeof languages;

const key = 'evercall.language';
const listeners = new Set<() => void>();
let current: Language = 'en';

/** Whether the application speaks it. */
export function isLanguage(tag: string): tag is Language {
  return Object.hasOwn(languages, tag);
}

/**
 * The language to begin with: the one chosen before, else the first that the browser asks for and the application
 * speaks, else English.
 *
 * @param wanted tags as browsers write them, `de-AT`, the most wanted first
 */
export function preferredLanguage(remembered: string, wanted: readonly string[]): Language {
  const tags = [remembered, ...wanted].map((tag) => tag.toLowerCase().split('-')[0] ?? '');
  return tags.find(isLanguage) ?? 'en';
}

/** Speaks the preferred language. Before the first rendering. */
export function startLanguage(): void {
  apply(preferredLanguage(recall(key), navigator.languages));
}

/** Speaks another language from now on, also at the next visit. */
export function setLanguage(language: Language): void {
  remember(key, language);
  apply(language);
  for (const listener of listeners) listener();
}

/** The language that is spoken. Whoever calls this is rendered anew, with everything in it, when it changes. */
export function useLanguage(): Language {
  return useSyncExternalStore(subscribe, () => current);
}

function apply(language: Language): void {
  current = language;
  speak(languages[language]);
  document.documentElement.lang = language;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => {
    listeners.delete(listener);
  };
}
