import type { SessionEvent, StreamInfo, VideoDimensions } from '@evercall/protocol';
import type { SessionChange } from './session-change.js';

type Value = boolean | string | VideoDimensions | undefined;
type StreamChangeEvent = Omit<Extract<SessionEvent, { type: 'streamPropertyChanged' }>, 'type'>;

/** Whether two values of a property are the same to an application. */
export function sameValue(a: Value, b: Value): boolean {
  if (typeof a === 'object' && typeof b === 'object') return a.width === b.width && a.height === b.height;
  return a === b;
}

/** Changes one property of `stream`; no change comes out if it has the value already. */
export function changeStream(stream: StreamInfo, event: StreamChangeEvent): SessionChange[] {
  const { streamId, connectionId, changedProperty, newValue, reason } = event;
  const oldValue = stream[changedProperty];
  if (sameValue(oldValue, newValue)) return [];
  if (typeof newValue === 'object') stream.videoDimensions = newValue;
  else if (changedProperty !== 'videoDimensions') stream[changedProperty] = newValue;
  return [
    { type: 'streamPropertyChanged', streamId, connectionId, changedProperty, newValue, oldValue, reason },
  ];
}
