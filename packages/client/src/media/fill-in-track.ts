/**
 * A track that stands in for one that is gone (the camera was let go of, the microphone was unplugged) while its
 * stream is set up again: black, or silent.
 */
export function fillInTrack(kind: 'audio' | 'video'): MediaStreamTrack {
  const stream = kind === 'video' ? blackPicture() : new AudioContext().createMediaStreamDestination().stream;
  const [track] = stream.getTracks();
  if (!track) throw new Error(`This browser makes no ${kind} track of its own`);
  return track;
}

function blackPicture(): MediaStream {
  const canvas = document.createElement('canvas');
  canvas.width = 2;
  canvas.height = 2;
  // Without a context a canvas has nothing to capture.
  canvas.getContext('2d');
  return canvas.captureStream(1);
}
