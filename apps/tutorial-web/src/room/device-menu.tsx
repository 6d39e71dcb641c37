import { Divider, Popover } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { DeviceFields, type DeviceFieldsProps } from '../media/device-fields.js';
import { DeviceProblemList } from '../media/device-problem-list.js';
import { messages } from '../messages.js';
import { RoundButton } from '../shared/round-button.js';
import { SchemeSwitch } from '../shared/scheme-switch.js';
import classes from './device-menu.module.css';

/** Changes camera, microphone, speaker and colours during the meeting. */
export function DeviceMenu({ media }: DeviceFieldsProps) {
  const [opened, setOpened] = useState(false);
  // The buttons stand at the right edge then.
  const isOnItsSide = useMediaQuery('(orientation: landscape) and (max-height: 30em)');
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position={isOnItsSide ? 'left-end' : 'top'}
      width={300}
      shadow="md"
      trapFocus
      returnFocus
      withArrow
    >
      <Popover.Target>
        <RoundButton
          label={messages.controls.devices}
          icon={IconSettings}
          data-testid="devices"
          onClick={() => setOpened((was) => !was)}
        />
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown} aria-label={messages.controls.devices}>
        <DeviceFields media={media} />
        <DeviceProblemList media={media} />
        <Divider my="sm" />
        <SchemeSwitch fullWidth />
      </Popover.Dropdown>
    </Popover>
  );
}
