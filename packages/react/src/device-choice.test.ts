import { expect, it, vi } from 'vitest';
import { type DeviceChoiceInput, deviceChoice } from './device-choice.js';
import { english } from './messages.js';

const select = vi.fn<DeviceChoiceInput['select']>();
const choiceOf = (devices: DeviceChoiceInput['devices'], current?: string) =>
  deviceChoice({ kind: 'videoinput', devices, current, messages: english.devices, select });

it('shows the names, and the one in use', () => {
  const choice = choiceOf(
    [
      { deviceId: 'a', label: 'Built in' },
      { deviceId: 'b', label: 'On the desk' },
    ],
    'b',
  );
  expect(choice).toMatchObject({ label: 'Camera', value: 'b', isEmpty: false, namesHidden: false });
  expect(choice.options).toEqual([
    { value: 'a', label: 'Built in' },
    { value: 'b', label: 'On the desk' },
  ]);
});

it('numbers devices whose names are hidden, and asks for the one that the browser chooses', () => {
  const choice = choiceOf([{ deviceId: '', label: '' }]);
  expect(choice).toMatchObject({ namesHidden: true, options: [{ value: '', label: 'Camera 1' }] });
  choice.select('');
  expect(select).toHaveBeenLastCalledWith(undefined);
});

it('says that there is none', () => {
  expect(choiceOf([])).toMatchObject({ isEmpty: true, value: '', options: [{ label: 'None found' }] });
});

it('shows the first one when the one in use was unplugged', () => {
  expect(choiceOf([{ deviceId: 'a', label: 'Built in' }], 'gone').value).toBe('a');
});
