import type { MediaOptions, TypeOfVideo, VideoDimensions } from '@evercall/protocol';
import type { PublisherProperties } from './properties.js';
import type { StreamFacts } from './stream.js';

/** The pixels of a track, as far as the browser tells. */
export function dimensionsOf(track: MediaStreamTrack | undefined): VideoDimensions {
  const { width = 0, height = 0 } = track?.getSettings() ?? {};
  return { width: Math.round(width), height: Math.round(height) };
}

/** What a publisher knows of its stream once it has captured it. */
export function localFacts(properties: PublisherProperties, mediaStream: MediaStream): StreamFacts {
  const hasAudio = mediaStream.getAudioTracks().length > 0;
  const hasVideo = mediaStream.getVideoTracks().length > 0;
  return {
    hasAudio,
    hasVideo,
    audioActive: hasAudio && (properties.publishAudio ?? true),
    videoActive: hasVideo && (properties.publishVideo ?? true),
    typeOfVideo: hasVideo ? typeOfVideo(properties) : undefined,
    frameRate: hasVideo ? (properties.frameRate ?? 30) : undefined,
    videoDimensions: dimensionsOf(mediaStream.getVideoTracks()[0]),
  };
}

function typeOfVideo({ videoSource }: PublisherProperties): TypeOfVideo {
  if (videoSource === 'screen') return 'SCREEN';
  return typeof videoSource === 'object' ? 'CUSTOM' : 'CAMERA';
}

/** What the cluster is told of a stream; without the fields of a kind that it doesn't have. */
export function mediaOptionsOf(facts: StreamFacts): MediaOptions {
  return {
    hasAudio: facts.hasAudio,
    hasVideo: facts.hasVideo,
    ...(facts.hasAudio ? { audioActive: facts.audioActive } : {}),
    ...(facts.hasVideo ? { videoActive: facts.videoActive, videoDimensions: facts.videoDimensions } : {}),
    ...(facts.hasVideo && facts.typeOfVideo ? { typeOfVideo: facts.typeOfVideo } : {}),
    ...(facts.hasVideo && facts.frameRate ? { frameRate: facts.frameRate } : {}),
  };
}
