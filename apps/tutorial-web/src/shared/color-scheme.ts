import { localStorageColorSchemeManager } from '@mantine/core';

/** Where the choice is kept; the script in `index.html` reads it, too, before anything is drawn. */
export const colorSchemeKey = 'evercall.color-scheme';

/** Remembers whether the page is light, dark, or as the system is. */
export const colorSchemeManager = localStorageColorSchemeManager({ key: colorSchemeKey });
