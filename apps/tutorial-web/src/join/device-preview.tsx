import { VideoTile } from '@evercall/react';
import { Text } from '@mantine/core';
import { IconMicrophone, IconMicrophoneOff, IconVideo, IconVideoOff } from '@tabler/icons-react';
import { MicMeter } from '../media/mic-meter.js';
import type { Media } from '../media/use-media.js';
import { messages } from '../messages.js';
import { RoundButton } from '../shared/round-button.js';
import classes from './device-preview.module.css';

/** How one will be seen and heard, with a switch for each. */
export function DevicePreview({ media }: { media: Media }) {
  const { devices, join } = messages;
  const { audio, video, stream } = media;
  const hasAudio = audio.track !== undefined;
  const hasVideo = video.track !== undefined;
  return (
    <div className={classes.preview}>
      <div className={classes.picture} data-mirrored={media.isMirror}>
        {hasVideo ? (
          <VideoTile preview={stream} muted aria-label={join.previewLabel} />
        ) : (
          <Text className={classes.off}>{join.previewOff}</Text>
        )}
        <div className={classes.switches}>
          <RoundButton
            label={hasAudio ? devices.turnOff.microphone : devices.turnOn.microphone}
            icon={hasAudio ? IconMicrophone : IconMicrophoneOff}
            tone={hasAudio ? 'quiet' : 'off'}
            loading={audio.status === 'prompting'}
            onClick={() => void media.selectAudio(hasAudio ? false : undefined)}
          />
          <RoundButton
            label={hasVideo ? devices.turnOff.camera : devices.turnOn.camera}
            icon={hasVideo ? IconVideo : IconVideoOff}
            tone={hasVideo ? 'quiet' : 'off'}
            loading={video.status === 'prompting'}
            onClick={() => void media.selectVideo(hasVideo ? false : undefined)}
          />
        </div>
      </div>
      <MicMeter track={audio.track} />
    </div>
  );
}
