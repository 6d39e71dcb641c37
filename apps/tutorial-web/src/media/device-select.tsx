import type { DeviceChoice } from '@evercall/react';
import { NativeSelect } from '@mantine/core';

/** What {@link DeviceSelect} offers. */
export interface DeviceSelectProps {
  choice: DeviceChoice;
  disabled?: boolean;
}

/** A list of devices of one kind. */
export function DeviceSelect({ choice, disabled = false }: DeviceSelectProps) {
  return (
    <NativeSelect
      label={choice.label}
      data={[...choice.options]}
      value={choice.value}
      onChange={(event) => choice.select(event.currentTarget.value)}
      disabled={disabled || choice.isEmpty}
    />
  );
}
