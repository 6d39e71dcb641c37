import { Popover } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useState } from 'react';
import { DeviceFields, type DeviceFieldsProps } from '../media/device-fields.js';
import { DeviceProblemList } from '../media/device-problem-list.js';
import { messages } from '../messages.js';
import { RoundButton } from '../shared/round-button.js';

/** Changes camera, microphone and speaker during the meeting. */
export function DeviceMenu({ media }: DeviceFieldsProps) {
  const [opened, setOpened] = useState(false);
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top"
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
      <Popover.Dropdown aria-label={messages.controls.devices}>
        <DeviceFields media={media} />
        <DeviceProblemList media={media} />
      </Popover.Dropdown>
    </Popover>
  );
}
