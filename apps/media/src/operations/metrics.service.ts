import { Injectable } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { LoadReportService } from '../registration/load-report.service.js';
import { WorkerPoolService } from '../workers/worker-pool.service.js';

/** A command that was answered. */
export interface EndedCommand {
  command: string;
  /** `ok`, or the code of the refusal. */
  outcome: string;
  /** Milliseconds from its arrival to its answer. */
  ms: number;
}

/** Numbers for Prometheus. */
@Injectable()
export class MetricsService {
  readonly #registry = new Registry();
  readonly #commands = new Histogram({
    name: 'evercall_media_command_duration_seconds',
    help: 'From the arrival of a command to its answer',
    labelNames: ['command', 'outcome'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5],
    registers: [this.#registry],
  });

  constructor(pool: WorkerPoolService, report: LoadReportService) {
    const registers = [this.#registry];
    collectDefaultMetrics({ prefix: 'evercall_', register: this.#registry });
    const deaths = new Counter({
      name: 'evercall_media_worker_deaths_total',
      help: 'Workers that ended by themselves or were killed because they did not answer',
      labelNames: ['cause'],
      registers,
    });
    pool.onDied((_worker, cause) => deaths.inc({ cause }));
    const cpu = new Gauge({
      name: 'evercall_media_worker_cpu_ratio',
      help: 'Share of one core that a worker uses',
      labelNames: ['worker'],
      registers,
      collect: () => {
        cpu.reset();
        for (const worker of pool.alive()) cpu.set({ worker: worker.index }, worker.cpu);
      },
    });
    const gauge = (name: string, help: string, read: () => number): void => {
      const metric: Gauge = new Gauge({
        name: `evercall_media_${name}`,
        help,
        registers,
        collect: () => metric.set(read()),
      });
    };
    gauge('workers', 'Workers that live', () => pool.alive().length);
    gauge('legs', 'Open legs', () => report.load().sessions);
    gauge('transports', 'Open transports', () => report.load().connections);
    gauge('producers', 'Open producers', () => report.load().producers);
    gauge('consumers', 'Open consumers', () => report.load().consumers);
  }

  commandEnded({ command, outcome, ms }: EndedCommand): void {
    this.#commands.observe({ command, outcome }, ms / 1000);
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
