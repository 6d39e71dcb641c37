import type { ComponentProps, ReactElement } from 'react';
import type { DeviceChoice } from './device-choice.js';
import { type DeviceChoiceOptions, useSpeakerChoice } from './use-device-choice.js';

/** What {@link DeviceSelect} takes; the rest goes to its `<label>`. */
export interface DeviceSelectProps extends Omit<ComponentProps<'label'>, 'children' | 'onChange' | 'ref'> {
  /** What `useCameraChoice`, `useMicrophoneChoice` or `useSpeakerChoice` returned. */
  choice: DeviceChoice;
  disabled?: boolean;
}

/** A `<label data-device-select>` with its native `<select>`; `data-kind` says what is chosen. */
export function DeviceSelect({ choice, disabled = false, ...rest }: DeviceSelectProps): ReactElement {
  return (
    <label {...rest} data-device-select="" data-kind={choice.kind} data-names-hidden={choice.namesHidden}>
      <span>{choice.label}</span>
      <select
        value={choice.value}
        disabled={disabled || choice.isEmpty}
        onChange={(event) => choice.select(event.currentTarget.value)}
      >
        {choice.options.map(({ value, label }) => (
          <option key={`${value} ${label}`} value={value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  );
}

/** What {@link AudioOutput} takes; the rest goes to its `<label>`. */
export type AudioOutputProps = Omit<DeviceSelectProps, 'choice'> & DeviceChoiceOptions;

/** A `DeviceSelect` of where sound is played. Nothing where the browser doesn't let a page choose, or without a provider. */
export function AudioOutput({ messages, ...rest }: AudioOutputProps): ReactElement | null {
  const choice = useSpeakerChoice({ messages });
  return choice ? <DeviceSelect {...rest} choice={choice} /> : null;
}
