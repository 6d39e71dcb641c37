import { useMediaQuery } from '@mantine/hooks';

/** Whether there is no room for a panel beside the stage. */
export function useIsNarrow(): boolean {
  return useMediaQuery('(max-width: 48em)', undefined, { getInitialValueInEffect: false });
}
