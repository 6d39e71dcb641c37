import { ExceptionEvent, ExceptionEventName } from './events.js';
import type { Session } from './session.js';
import type { Subscriber } from './subscriber.js';

const defaultPatienceMs = 4000;

/** Tells the application when a stream that it shows in a video element doesn't play for a while. */
export function watchPlayback(
  session: Session,
  subscriber: Subscriber,
  patienceMs = defaultPatienceMs,
): void {
  const { stream } = subscriber;
  const done = () => clearTimeout(timer);
  const timer = setTimeout(() => {
    subscriber.off('streamPlaying', done);
    const over = !session.streamManagers.includes(subscriber);
    if (over || subscriber.videos.length === 0 || !stream.videoActive) return;
    const name = ExceptionEventName.NO_STREAM_PLAYING_EVENT;
    const message = `Stream ${stream.streamId} didn't begin to play within ${patienceMs} ms`;
    session.dispatch(
      'exception',
      new ExceptionEvent({ type: 'exception', target: session, name, message, origin: subscriber }),
    );
  }, patienceMs);
  subscriber.once('streamPlaying', done);
}
