import { AudioOutput, SoundGate, useAudioOutput, useSoundGate, useSpeakerChoice } from '@evercall/react';

/** As it comes. */
export function Sound() {
  return (
    <>
      <SoundGate>Hear the others</SoundGate>
      <AudioOutput />
    </>
  );
}

/** The same, with controls of one's own. */
export function OwnSound() {
  const { isBlocked, open } = useSoundGate();
  const { isSupported, deviceId, select } = useAudioOutput();
  const speaker = useSpeakerChoice();
  return (
    <>
      {isBlocked && (
        <a href="#sound" onClick={open}>
          The browser keeps the sound off
        </a>
      )}
      {isSupported && deviceId !== undefined && (
        <button type="button" onClick={() => select('')}>
          The usual speaker
        </button>
      )}
      {speaker?.options.length}
    </>
  );
}
