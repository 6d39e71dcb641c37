import type { UsePublisher, UseScreenShare } from '@evercall/react';
import { Indicator, VisuallyHidden } from '@mantine/core';
import {
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

const { controls } = messages;

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
  const speaks = media.audio.track !== undefined && publisher.audioActive;
  const shows = media.video.track !== undefined && publisher.videoActive;
  const shares = screen.state === 'sharing';
  return (
    <footer className={classes.bar} aria-label={controls.label}>
      <RoundButton
        label={speaks ? controls.mute : controls.unmute}
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
        label={shows ? controls.stopCamera : controls.startCamera}
        icon={shows ? IconVideo : IconVideoOff}
        tone={shows ? 'quiet' : 'off'}
        loading={media.video.status === 'prompting'}
        data-testid="toggle-video"
        onClick={() => {
          publisher.setVideoActive(!shows);
          if (!media.video.track) void media.selectVideo();
        }}
      />
      {canShareScreen && (
        <RoundButton
          label={shares ? controls.stopSharing : controls.shareScreen}
          icon={shares ? IconScreenShareOff : IconScreenShare}
          tone={shares ? 'on' : 'quiet'}
          loading={screen.state === 'prompting'}
          data-testid="share-screen"
          onClick={() => void (shares ? screen.stop() : screen.start())}
        />
      )}
      <Indicator label={chat.unread} size={18} disabled={chat.unread === 0} offset={5} color="red">
        <RoundButton
          label={chat.isOpen ? controls.closeChat : controls.openChat}
          icon={IconMessage}
          tone={chat.isOpen ? 'on' : 'quiet'}
          aria-expanded={chat.isOpen}
          data-testid="toggle-chat"
          data-unread={chat.unread}
          onClick={chat.toggle}
        />
        {chat.unread > 0 && <VisuallyHidden>{controls.unread(chat.unread)}</VisuallyHidden>}
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
