import { Injectable } from '@nestjs/common';
import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import { Reconciler } from '../groups/reconciler.service.js';

/** Numbers for Prometheus. */
@Injectable()
export class MetricsService {
  readonly #registry = new Registry();

  constructor(reconciler: Reconciler) {
    const registers = [this.#registry];
    collectDefaultMetrics({ prefix: 'evercall_', register: this.#registry });
    const active: Gauge = new Gauge({
      name: 'evercall_fleet_active',
      help: '1 while this fleet holds the lease',
      registers,
      collect: () => active.set(reconciler.role === 'active' ? 1 : 0),
    });
    const slots: Gauge = new Gauge({
      name: 'evercall_fleet_slots',
      help: 'Places for nodes, by role and state',
      labelNames: ['role', 'state'],
      registers,
      collect: () => {
        slots.reset();
        for (const { role, state } of reconciler.slots) slots.inc({ role, state });
      },
    });
    const restarts: Gauge = new Gauge({
      name: 'evercall_fleet_restarts',
      help: 'How often the node of a place died and was replaced',
      labelNames: ['name'],
      registers,
      collect: () => {
        restarts.reset();
        for (const slot of reconciler.slots) restarts.set({ name: slot.name }, slot.restarts);
      },
    });
  }

  get contentType(): string {
    return this.#registry.contentType;
  }

  text(): Promise<string> {
    return this.#registry.metrics();
  }
}
