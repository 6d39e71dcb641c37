/** Makes `stream` hold exactly `tracks`; those that stay are not touched. */
export function swapTracks(stream: MediaStream, tracks: readonly MediaStreamTrack[]): void {
  const present = stream.getTracks();
  for (const track of tracks) {
    if (!present.includes(track)) stream.addTrack(track);
  }
  for (const track of present) {
    if (!tracks.includes(track)) stream.removeTrack(track);
  }
}
