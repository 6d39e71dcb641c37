import {
  DeviceMenu,
  DeviceSelect,
  useCameraChoice,
  useDevices,
  useLocalMedia,
  useMicrophoneChoice,
} from '@evercall/react';

export function Devices() {
  const media = useLocalMedia();
  const { videoInputs } = useDevices();
  const camera = useCameraChoice(media);
  const microphone = useMicrophoneChoice(media, { messages: { microphone: 'Speak into' } });
  return (
    <>
      <DeviceMenu media={media} />

      {videoInputs.length > 1 && <DeviceSelect choice={camera} />}
      <fieldset>
        <legend>{microphone.label}</legend>
        {microphone.options.map(({ value, label }) => (
          <label key={value}>
            <input
              type="radio"
              checked={value === microphone.value}
              disabled={microphone.isEmpty}
              onChange={() => microphone.select(value)}
            />
            {label}
          </label>
        ))}
      </fieldset>
    </>
  );
}
