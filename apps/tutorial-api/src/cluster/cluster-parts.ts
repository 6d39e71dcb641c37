import type { ModuleMetadata } from '@nestjs/common';
import type { TutorialApiConfig } from '../config.js';
import { ClusterController } from './cluster.controller.js';
import { ClusterService } from './cluster.service.js';
import { PlaygroundController } from './playground.controller.js';
import { PlaygroundService } from './playground.service.js';

/** What serves the cluster panel. A product that has none deletes this folder and its line in `app.module.ts`. */
export function clusterParts(
  config: TutorialApiConfig,
): Required<Pick<ModuleMetadata, 'controllers' | 'providers'>> {
  const plays = config.EVERCALL_PLAYGROUND === '1';
  return {
    controllers: [ClusterController, ...(plays ? [PlaygroundController] : [])],
    providers: [ClusterService, ...(plays ? [PlaygroundService] : [])],
  };
}
