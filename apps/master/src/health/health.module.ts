import { Module } from '@nestjs/common';
import { HealthController } from './health.controller.js';

/** Probes for load balancers and supervisors. */
@Module({ controllers: [HealthController] })
export class HealthModule {}
