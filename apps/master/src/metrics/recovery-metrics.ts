import type { LossCause, MoveCause, NodeRecord } from '@evercall/cluster';
import { Counter, Histogram, type Registry } from 'prom-client';

/** Seconds. */
const interruptionBuckets = [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 10, 30];

type Role = NodeRecord['role'];
/** What took a client's socket: its master died, or just its connection broke. */
export type SignallingCause = 'master' | 'connection';
/** What became of a resume. */
export type ResumeOutcome = 'mediaKept' | 'newMedia' | 'ended' | 'sentAway' | 'failed';

/** What this master measures of deaths and of what follows them. */
export class RecoveryMetrics {
  readonly #signalling: Histogram<'cause'>;
  readonly #media: Histogram<'cause' | 'kind'>;
  readonly #losses: Counter<'role' | 'cause'>;
  readonly #falseAlarms: Counter<'role'>;
  readonly #moves: Counter<'cause'>;
  readonly #resumes: Counter<'outcome'>;
  readonly #replays: Counter;

  constructor(registry: Registry) {
    const registers = [registry];
    this.#signalling = new Histogram({
      name: 'evercall_signalling_interruption_seconds',
      help: 'For how long clients were without a master, as they said when they came back.',
      labelNames: ['cause'],
      buckets: interruptionBuckets,
      registers,
    });
    this.#media = new Histogram({
      name: 'evercall_media_interruption_seconds',
      help: 'Longest gap in what a client received while its session went to another media node or worker.',
      labelNames: ['cause', 'kind'],
      buckets: interruptionBuckets,
      registers,
    });
    this.#losses = new Counter({
      name: 'evercall_nodes_lost_total',
      help: 'Nodes that this master declared lost, by what spoke for it.',
      labelNames: ['role', 'cause'],
      registers,
    });
    this.#falseAlarms = new Counter({
      name: 'evercall_false_alarms_total',
      help: 'Nodes that looked dead from here and were alive.',
      labelNames: ['role'],
      registers,
    });
    this.#moves = new Counter({
      name: 'evercall_moves_total',
      help: 'Sessions whose media this master put on another media node or worker, by why.',
      labelNames: ['cause'],
      registers,
    });
    this.#resumes = new Counter({
      name: 'evercall_resumes_total',
      help: 'Clients that came back on a new socket, by what became of it.',
      labelNames: ['outcome'],
      registers,
    });
    this.#replays = new Counter({
      name: 'evercall_requests_replayed_total',
      help: 'Changing requests that came again after they had been carried out, and were answered again.',
      registers,
    });
  }

  nodeLost(role: Role, cause: LossCause): void {
    this.#losses.inc({ role, cause });
  }

  falseAlarm(role: Role): void {
    this.#falseAlarms.inc({ role });
  }

  sessionMoved(cause: MoveCause): void {
    this.#moves.inc({ cause });
  }

  resumed(outcome: ResumeOutcome): void {
    this.#resumes.inc({ outcome });
  }

  signallingInterrupted(cause: SignallingCause, ms: number): void {
    this.#signalling.observe({ cause }, ms / 1000);
  }

  /** What a client says after a move; absent kinds were not received. */
  mediaInterrupted(
    cause: MoveCause,
    gaps: { audioMs: number | undefined; videoMs: number | undefined },
  ): void {
    const { audioMs, videoMs } = gaps;
    if (audioMs !== undefined) this.#media.observe({ cause, kind: 'audio' }, audioMs / 1000);
    if (videoMs !== undefined) this.#media.observe({ cause, kind: 'video' }, videoMs / 1000);
  }

  requestReplayed(): void {
    this.#replays.inc();
  }
}
