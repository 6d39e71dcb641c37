import type { DeviceMessages } from './messages.js';

/** A list of devices to choose from, ready for a `<select>`. */
export interface DeviceChoice {
  kind: 'audioinput' | 'videoinput' | 'audiooutput';
  /** What the list is called. */
  label: string;
  /** Never empty: where there is no device, it says so. */
  options: readonly { value: string; label: string }[];
  /** The one in use, or the first. Always one of `options`. */
  value: string;
  /** There is nothing to choose. */
  isEmpty: boolean;
  /** The browser keeps the names of devices to itself until the user allows one; they are numbered then. */
  namesHidden: boolean;
  select: (deviceId: string) => void;
}

/** What a choice is made of. */
export interface DeviceChoiceInput {
  kind: DeviceChoice['kind'];
  devices: readonly { deviceId: string; label: string }[];
  /** The one in use; `undefined` if it isn't known. */
  current: string | undefined;
  messages: DeviceMessages;
  /** @param deviceId `undefined`: the browser's own choice, as it told no id */
  select: (deviceId: string | undefined) => void;
}

/** Names and orders what one can choose. */
export function deviceChoice(input: DeviceChoiceInput): DeviceChoice {
  const { kind, devices, current, messages, select } = input;
  const names = {
    audioinput: messages.microphone,
    videoinput: messages.camera,
    audiooutput: messages.speaker,
  };
  const label = names[kind];
  const found = devices.map((device, index) => ({
    value: device.deviceId,
    label: device.label || messages.unnamed(label, index),
  }));
  const options = found.length > 0 ? found : [{ value: '', label: messages.none }];
  const known = options.find(({ value }) => value === current) ?? options[0];
  return {
    kind,
    label,
    options,
    value: known?.value ?? '',
    isEmpty: found.length === 0,
    namesHidden: devices.some((device) => device.label === ''),
    select: (deviceId) => select(deviceId === '' ? undefined : deviceId),
  };
}
