/**
 * Tells of each frame that a video element shows, in ms of `performance.now()`.
 *
 * @returns ends it
 */
export function watchFrames(video: HTMLVideoElement, onFrame: (at: number) => void): () => void {
  let handle: number | undefined;
  const next = () => {
    handle = video.requestVideoFrameCallback((now) => {
      onFrame(now);
      next();
    });
  };
  next();
  return () => {
    if (handle !== undefined) video.cancelVideoFrameCallback(handle);
  };
}
