import { NativeSelect } from '@mantine/core';
import { messages } from '../messages.js';

/** What {@link DeviceSelect} offers. */
export interface DeviceSelectProps {
  label: string;
  devices: readonly { deviceId: string; label: string }[];
  /** Id of the one in use. */
  value: string | undefined;
  onSelect: (deviceId: string) => void;
  disabled?: boolean;
}

/** A list of devices of one kind. Browsers name them only after the user allowed one. */
export function DeviceSelect({ label, devices, value, onSelect, disabled = false }: DeviceSelectProps) {
  const data = devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || messages.devices.unnamed(label, index),
  }));
  return (
    <NativeSelect
      label={label}
      data={data.length > 0 ? data : [{ value: '', label: messages.devices.none }]}
      value={value ?? data[0]?.value ?? ''}
      onChange={(event) => onSelect(event.currentTarget.value)}
      disabled={disabled || data.length === 0}
    />
  );
}
