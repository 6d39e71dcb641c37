import { ActionIcon, type ActionIconProps, type ElementProps, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

/** `quiet`: one of several. `on`: something runs. `off`: something of ours is switched off. `danger`: the way out. */
type Tone = 'quiet' | 'on' | 'off' | 'danger';

const looks: Record<Tone, ActionIconProps> = {
  quiet: { variant: 'default' },
  on: { variant: 'filled' },
  off: { variant: 'filled', color: 'red' },
  danger: { variant: 'filled', color: 'red' },
};

/** What {@link RoundButton} needs; the rest goes to the button. */
export interface RoundButtonProps extends ActionIconProps, ElementProps<'button', keyof ActionIconProps> {
  /** What a click does: read out, and shown when pointed at. */
  label: string;
  icon: Icon;
  tone?: Tone;
}

/** A round button with an icon, large enough for a thumb. */
export function RoundButton({ label, icon: Symbol, tone = 'quiet', ...rest }: RoundButtonProps) {
  return (
    <Tooltip label={label} openDelay={400} disabled={rest['aria-expanded'] === true}>
      <ActionIcon {...looks[tone]} size={46} radius="xl" aria-label={label} {...rest}>
        <Symbol size={22} stroke={1.8} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
