import { Injectable, type OnModuleInit } from '@nestjs/common';
import { MediaLinksService } from '../media/media-links.service.js';
import { FailureDetector } from './failure-detector.service.js';

/** Tells the failure detector what becomes of the control links to media nodes. */
@Injectable()
export class MediaWatch implements OnModuleInit {
  constructor(
    private readonly links: MediaLinksService,
    private readonly detector: FailureDetector,
  ) {}

  onModuleInit(): void {
    this.links.onUp(({ node }) => this.detector.linkUp(node.id));
    this.links.onDown(({ node }) => this.detector.linkDown(node.id, node.url));
    this.links.onReplaced(({ node }, by) => this.detector.replaced(node.id, by));
  }
}
