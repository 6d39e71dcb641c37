import type { LogLine } from '../../support/cluster/cluster-logs.ts';
import type { Measured } from '../instrument/participant.ts';

/** What happened in one run, oldest first; milliseconds after the fault. */
export type TimeLine = { ms: number; who: string; what: string }[];

/** Fields of a log line that tell it from others like it. */
const telling = [
  'lostNodeId',
  'cause',
  'generation',
  'connectionId',
  'mediaNodeId',
  'direction',
  'reason',
  'worker',
];
/** Happens all the time, or tells nothing of a fault. */
const noise = /request completed|accepting|Nest|deregistered/;
/** A pause that is worth a line. */
const pauseMs = 150;

/** Puts together what the nodes logged and what the pages noticed. */
export function timeLineOf(run: {
  /** Just before the fault, just after, and when it was over if it doesn't last. */
  from: number;
  struck: number;
  over: number | undefined;
  lines: readonly LogLine[];
  measured: ReadonlyMap<string, Measured>;
}): TimeLine {
  const logged = run.lines
    .filter(({ message, time }) => message !== '' && !noise.test(message) && Number.isFinite(time))
    .map(({ time, name, message, fields }) => ({
      at: time,
      who: name,
      what: [message, ...told(fields)].join(' '),
    }));
  const noticed = [...run.measured].flatMap(([name, measured]) =>
    [...measured.events, ...resumptions(measured)].map(({ at, what }) => ({ at, who: name, what })),
  );
  const own = [
    { at: run.struck, who: 'bench', what: 'fault struck' },
    ...(run.over === undefined ? [] : [{ at: run.over, who: 'bench', what: 'fault over' }]),
  ];
  return [...own, ...logged, ...noticed]
    .filter(({ at }) => at >= run.from)
    .map(({ at, who, what }) => ({ ms: Math.round(at - run.from), who, what }))
    .toSorted((a, b) => a.ms - b.ms);
}

function told(fields: Record<string, unknown>): string[] {
  return telling.flatMap((name) =>
    fields[name] === undefined ? [] : [`${name}=${JSON.stringify(fields[name])}`],
  );
}

/** The first frame, sound and signal after a pause. */
function resumptions({ video, audio, signals }: Measured): { at: number; what: string }[] {
  const after = (what: string, times: readonly number[]): { at: number; what: string }[] =>
    times.flatMap((at, index) => {
      const pause = at - (times[index - 1] ?? at);
      return pause > pauseMs ? [{ at, what: `first ${what} after ${Math.round(pause)} ms` }] : [];
    });
  return [
    ...after('signal', signals),
    ...Object.entries(video).flatMap(([sender, times]) => after(`frame from ${sender}`, times)),
    ...Object.entries(audio).flatMap(([sender, { silences }]) =>
      silences
        .filter(([start, end]) => end - start > pauseMs)
        .map(([start, end]) => ({
          at: end,
          what: `first sound from ${sender} after ${Math.round(end - start)} ms`,
        })),
    ),
  ];
}
