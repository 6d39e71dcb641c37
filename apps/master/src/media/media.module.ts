import { Module } from '@nestjs/common';
import { MediaService } from './media.service.js';
import { MediaLinksService } from './media-links.service.js';
import { PlacementService } from './placement.service.js';
import { RepairService } from './repair.service.js';

/** Media nodes, as this master commands them. */
@Module({
  providers: [MediaLinksService, PlacementService, MediaService, RepairService],
  exports: [MediaLinksService, MediaService],
})
export class MediaModule {}
