import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { RecoveryMetrics } from './recovery-metrics.js';

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

  /** Deaths, and what follows them. */
  readonly recovery = new RecoveryMetrics(this.#registry);

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

  commitConflict(): void {
    this.#conflicts.inc();
  }

  /** @param told how many sessions were restored, buried, kept as they were, or failed */
  reasserted(told: Record<'restored' | 'buried' | 'kept' | 'failed', number>): void {
    for (const [outcome, count] of Object.entries(told)) this.#reasserted.inc({ outcome }, count);
  }
}
