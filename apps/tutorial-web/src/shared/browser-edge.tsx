import { useComputedColorScheme } from '@mantine/core';
import { page } from '../theme.js';

/** Tells telephones the colour of the page, for what is around it. */
export function BrowserEdge() {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false });
  return <meta name="theme-color" content={page[scheme]} />;
}
