import { ActionIcon, type ActionIconProps, type ElementProps, Tooltip } from '@mantine/core';
import type { Icon } from '@tabler/icons-react';

/** `quiet`: one of several. `on`: something runs. `off`: something of ours is switched off. `danger`: the way out. */
type Tone = 'quiet' | 'on' | 'off' | 'danger';

const looks: Record<Tone, ActionIconProps> = {
  quiet: { variant: 'default' },
  on: { variant: 'filled' },
  off: { variant: 'filled', color: 'danger' },
  danger: { variant: 'filled', color: 'danger' },
};

/** What {@link RoundButton} needs; the rest goes to the button. */
export interface RoundButtonProps extends ActionIconProps, ElementProps<'button', keyof ActionIconProps> {
  /** What it is: read out. Stays the same for one that is pressed and not; `aria-pressed` tells which. */
  label: string;
  /** What a click does: shown when pointed at. Default: the label. */
  hint?: string;
  icon: Icon;
  tone?: Tone;
}

/** A round button with an icon, large enough for a thumb. */
export function RoundButton({
  label,
  hint = label,
  icon: Symbol,
  tone = 'quiet',
  ...rest
}: RoundButtonProps) {
  return (
    <Tooltip label={hint} openDelay={400} disabled={rest['aria-expanded'] === true}>
      <ActionIcon {...looks[tone]} size="var(--touch)" radius="xl" aria-label={label} {...rest}>
        <Symbol size={22} stroke={1.8} aria-hidden />
      </ActionIcon>
    </Tooltip>
  );
}
