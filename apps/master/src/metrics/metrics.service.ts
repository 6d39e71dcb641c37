import type { LossCause, MoveCause, NodeRecord } from '@evercall/cluster';
import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

/** Seconds. */
const buckets = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

/** What this master measures. */
@Injectable()
export class MetricsService {
  readonly #registry = new Registry();
  readonly #sockets = new Gauge({
    name: 'evercall_client_sockets',
    help: 'Open client sockets.',
    registers: [this.#registry],
  });
  readonly #requests = new Histogram({
    name: 'evercall_client_request_seconds',
    help: 'Time from a request on a client socket to its answer.',
    labelNames: ['method', 'outcome'],
    buckets,
    registers: [this.#registry],
  });
  readonly #http = new Histogram({
    name: 'evercall_http_request_seconds',
    help: 'Time from a REST request to the end of its answer.',
    labelNames: ['method', 'route', 'status'],
    buckets,
    registers: [this.#registry],
  });
  readonly #conflicts = new Counter({
    name: 'evercall_commit_conflicts_total',
    help: 'Decisions that had to be made again because somebody else was faster.',
    registers: [this.#registry],
  });

  readonly #mediaInterruptions = new Histogram({
    name: 'evercall_media_interruption_seconds',
    help: 'Longest gap in what a client received while its session went to another media node.',
    labelNames: ['kind'],
    buckets: [0.05, 0.1, 0.2, 0.35, 0.5, 0.75, 1, 1.5, 2.5, 5, 10],
    registers: [this.#registry],
  });

  readonly #losses = new Counter({
    name: 'evercall_nodes_lost_total',
    help: 'Nodes that this master declared lost, by what spoke for it.',
    labelNames: ['role', 'cause'],
    registers: [this.#registry],
  });
  readonly #falseAlarms = new Counter({
    name: 'evercall_false_alarms_total',
    help: 'Nodes that looked dead from here and were alive.',
    labelNames: ['role'],
    registers: [this.#registry],
  });

  readonly #moves = new Counter({
    name: 'evercall_moves_total',
    help: 'Sessions whose media this master put on another media node or worker, by why.',
    labelNames: ['cause'],
    registers: [this.#registry],
  });

  readonly #reasserted = new Counter({
    name: 'evercall_sessions_reasserted_total',
    help: 'Sessions that were told again to a shared state that had lost data, by what became of it.',
    labelNames: ['outcome'],
    registers: [this.#registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.#registry, prefix: 'evercall_' });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  async text(): Promise<string> {
    return this.#registry.metrics();
  }

  socketsOpen(count: number): void {
    this.#sockets.set(count);
  }

  /** @param outcome `ok` or the error's code */
  requestAnswered(method: string, outcome: string, seconds: number): void {
    this.#requests.observe({ method, outcome }, seconds);
  }

  /** @param request `route`: its pattern, such as `/openvidu/api/sessions/:id` */
  httpAnswered(request: { method: string; route: string; status: number }, seconds: number): void {
    this.#http.observe(request, seconds);
  }

  /** What a client says after a move; absent kinds were not received. */
  mediaInterrupted(gaps: { audioMs: number | undefined; videoMs: number | undefined }): void {
    const { audioMs, videoMs } = gaps;
    if (audioMs !== undefined) this.#mediaInterruptions.observe({ kind: 'audio' }, audioMs / 1000);
    if (videoMs !== undefined) this.#mediaInterruptions.observe({ kind: 'video' }, videoMs / 1000);
  }

  nodeLost(role: NodeRecord['role'], cause: LossCause): void {
    this.#losses.inc({ role, cause });
  }

  falseAlarm(role: NodeRecord['role']): void {
    this.#falseAlarms.inc({ role });
  }

  sessionMoved(cause: MoveCause): void {
    this.#moves.inc({ cause });
  }

  commitConflict(): void {
    this.#conflicts.inc();
  }

  /** @param told how many sessions were restored, buried, kept as they were, or failed */
  reasserted(told: Record<'restored' | 'buried' | 'kept' | 'failed', number>): void {
    for (const [outcome, count] of Object.entries(told)) this.#reasserted.inc({ outcome }, count);
  }
}
