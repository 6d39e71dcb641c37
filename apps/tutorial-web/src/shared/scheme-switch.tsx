import {
  type MantineColorScheme,
  SegmentedControl,
  useMantineColorScheme,
  VisuallyHidden,
} from '@mantine/core';
import { IconDeviceDesktop, IconMoon, IconSun } from '@tabler/icons-react';
import { messages } from '../messages.js';

const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon } as const;
const schemes = ['auto', 'light', 'dark'] as const satisfies readonly MantineColorScheme[];

/** Light, dark, or as the system is. */
export function SchemeSwitch({ fullWidth = false }: { fullWidth?: boolean }) {
  const { preferences } = messages;
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  return (
    <SegmentedControl<MantineColorScheme>
      aria-label={preferences.scheme}
      value={colorScheme}
      onChange={setColorScheme}
      fullWidth={fullWidth}
      data={schemes.map((value) => ({ value, label: <SchemeLabel scheme={value} /> }))}
      data-testid="color-scheme"
    />
  );
}

function SchemeLabel({ scheme }: { scheme: MantineColorScheme }) {
  const Symbol = icons[scheme];
  const name = messages.preferences.schemes[scheme];
  return (
    <span title={name} style={{ display: 'block', lineHeight: 0 }}>
      <Symbol size={20} stroke={1.8} aria-hidden />
      <VisuallyHidden>{name}</VisuallyHidden>
    </span>
  );
}
