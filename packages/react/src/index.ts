export { type ConnectionNotice, connectionNotice, noticeText } from './connection-notice.js';
export type { Interruption, UseConnectionState } from './connection-state.js';
export { ConnectionToast, type ConnectionToastProps } from './connection-toast.js';
export type { DeviceChoice } from './device-choice.js';
export { DeviceMenu, type DeviceMenuProps } from './device-menu.js';
export { AudioOutput, type AudioOutputProps, DeviceSelect, type DeviceSelectProps } from './device-select.js';
export { type GridInput, type GridLayout, gridLayout } from './grid-layout.js';
export type { LocalMediaInput, LocalMediaValue } from './local-media.js';
export type { MediaStatus } from './media-status.js';
export {
  type ConnectionMessages,
  type DeviceMessages,
  english,
  type MessageChanges,
  type Messages,
} from './messages.js';
export { useMessages } from './messages-context.js';
export { pageOpenVidu } from './openvidu.js';
export type { Participant, ParticipantStream } from './participant.js';
export { type GridItem, ParticipantGrid, type ParticipantGridProps } from './participant-grid.js';
export type { PublishingProperties, PublishingValue } from './publishing.js';
export type { ScreenShareValue } from './screen-share.js';
export { type SessionOption, useSessionContext } from './session-context.js';
export type { SessionState } from './session-controller.js';
export { SessionProvider, type SessionProviderProps } from './session-provider.js';
export { type UseSoundGate, useSoundGate } from './sound-context.js';
export { SoundGate, type SoundGateProps } from './sound-gate.js';
export type { NameOf, Tile } from './tile.js';
export { type ToldAppEvent, type UseAppEvents, useAppEvents } from './use-app-events.js';
export { useConnectionState } from './use-connection-state.js';
export {
  type ChoosableMedia,
  type DeviceChoiceOptions,
  type UseAudioOutput,
  useAudioOutput,
  useCameraChoice,
  useMicrophoneChoice,
  useSpeakerChoice,
} from './use-device-choice.js';
export { type AudioOutputDevice, type UseDevices, useDevices } from './use-devices.js';
export { useElementSize } from './use-element-size.js';
export { useIsSpeaking } from './use-is-speaking.js';
export { type UseLocalMedia, type UseLocalMediaOptions, useLocalMedia } from './use-local-media.js';
export { useOnline } from './use-online.js';
export { type UseParticipantsOptions, useParticipant, useParticipants } from './use-participants.js';
export { type UsePublisher, type UsePublisherOptions, usePublisher } from './use-publisher.js';
export { type UseScreenShare, useScreenShare } from './use-screen-share.js';
export { useServedBy } from './use-served-by.js';
export { type UseSession, type UseSessionOptions, useSession } from './use-session.js';
export { type ReceivedSignal, type UseSignals, useSignals } from './use-signals.js';
export { type UseStatsOptions, useStats } from './use-stats.js';
export { type UseTilesOptions, useTiles } from './use-tiles.js';
export { VideoTile, type VideoTileProps } from './video-tile.js';
