import { type ComponentProps, type ReactElement, useId } from 'react';
import { AudioOutput, DeviceSelect } from './device-select.js';
import { useMessages } from './messages-context.js';
import {
  type ChoosableMedia,
  type DeviceChoiceOptions,
  useCameraChoice,
  useMicrophoneChoice,
} from './use-device-choice.js';

/** What {@link DeviceMenu} takes; the rest goes to its `<fieldset>`. */
export interface DeviceMenuProps
  extends Omit<ComponentProps<'fieldset'>, 'children' | 'ref'>,
    DeviceChoiceOptions {
  /** What `useLocalMedia` returned. */
  media: ChoosableMedia;
}

/**
 * Choice of camera, microphone and, below a provider and where the browser allows it, speaker: a `<fieldset data-device-menu>`
 * of native lists. Until the user allowed a device the browser tells no names: they are numbered, and a line says why.
 */
export function DeviceMenu({ media, messages, ...rest }: DeviceMenuProps): ReactElement {
  const { devices } = useMessages();
  const camera = useCameraChoice(media, { messages });
  const microphone = useMicrophoneChoice(media, { messages });
  const texts = { ...devices, ...messages };
  const namesHidden = camera.namesHidden || microphone.namesHidden;
  const hint = useId();
  return (
    <fieldset
      aria-describedby={namesHidden ? hint : undefined}
      {...rest}
      data-device-menu=""
      data-names-hidden={namesHidden}
    >
      <legend>{texts.heading}</legend>
      <DeviceSelect choice={camera} />
      <DeviceSelect choice={microphone} />
      <AudioOutput messages={messages} />
      {namesHidden && <p id={hint}>{texts.namesHidden}</p>}
    </fieldset>
  );
}
