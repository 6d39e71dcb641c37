import type { UsePublisher, UseScreenShare } from '@evercall/react';
import { Indicator } from '@mantine/core';
import {
  IconCameraRotate,
  IconMessage,
  IconMicrophone,
  IconMicrophoneOff,
  IconPhoneOff,
  IconScreenShare,
  IconScreenShareOff,
  IconVideo,
  IconVideoOff,
} from '@tabler/icons-react';
import type { Media } from '../media/use-media.js';
import { messages } from '../messages.js';
import { RoundButton } from '../shared/round-button.js';
import classes from './controls.module.css';
import { DeviceMenu } from './device-menu.js';

/** What {@link Controls} needs. */
export interface ControlsProps {
  media: Media;
  publisher: UsePublisher;
  screen: UseScreenShare;
  chat: { isOpen: boolean; unread: number; toggle: () => void };
  onLeave: () => void;
}

/** Telephones have no screens to share. */
const canShareScreen = 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** What one can do in the room. */
export function Controls({ media, publisher, screen, chat, onLeave }: ControlsProps) {
  const { controls } = messages;
  const speaks = media.audio.track !== undefined && publisher.audioActive;
  const shows = media.video.track !== undefined && publisher.videoActive;
  const shares = screen.state === 'sharing';
  return (
    <footer className={classes.bar} aria-label={controls.label}>
      <RoundButton
        label={controls.microphone}
        hint={speaks ? controls.mute : controls.unmute}
        aria-pressed={speaks}
        icon={speaks ? IconMicrophone : IconMicrophoneOff}
        tone={speaks ? 'quiet' : 'off'}
        loading={media.audio.status === 'prompting'}
        data-testid="toggle-audio"
        onClick={() => {
          publisher.setAudioActive(!speaks);
          if (!media.audio.track) void media.selectAudio();
        }}
      />
      <RoundButton
        label={controls.camera}
        hint={shows ? controls.stopCamera : controls.startCamera}
        aria-pressed={shows}
        icon={shows ? IconVideo : IconVideoOff}
        tone={shows ? 'quiet' : 'off'}
        loading={media.video.status === 'prompting'}
        data-testid="toggle-video"
        onClick={() => {
          publisher.setVideoActive(!shows);
          if (!media.video.track) void media.selectVideo();
        }}
      />
      {media.canFlipCamera && (
        <RoundButton
          label={controls.flipCamera}
          icon={IconCameraRotate}
          disabled={!shows || media.video.status === 'prompting'}
          data-testid="flip-camera"
          onClick={() => void media.flipCamera()}
        />
      )}
      {canShareScreen && (
        <RoundButton
          label={controls.screen}
          hint={shares ? controls.stopSharing : controls.shareScreen}
          aria-pressed={shares}
          icon={shares ? IconScreenShareOff : IconScreenShare}
          tone={shares ? 'on' : 'quiet'}
          loading={screen.state === 'prompting'}
          data-testid="share-screen"
          onClick={() => void (shares ? screen.stop() : screen.start())}
        />
      )}
      <Indicator label={chat.unread} size={18} disabled={chat.unread === 0} offset={5} color="danger">
        <RoundButton
          label={chat.unread > 0 ? controls.chatWithUnread(chat.unread) : controls.chat}
          hint={controls.chat}
          icon={IconMessage}
          tone={chat.isOpen ? 'on' : 'quiet'}
          aria-expanded={chat.isOpen}
          data-testid="toggle-chat"
          data-unread={chat.unread}
          onClick={chat.toggle}
        />
      </Indicator>
      <DeviceMenu media={media} />
      <RoundButton
        label={controls.leave}
        icon={IconPhoneOff}
        tone="danger"
        data-testid="leave"
        onClick={onLeave}
      />
    </footer>
  );
}
