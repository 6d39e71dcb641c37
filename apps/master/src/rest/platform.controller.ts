import { NodeRegistry } from '@evercall/cluster';
import { All, Controller, Get, Header, Res, UseGuards } from '@nestjs/common';
import type { Response } from 'express';
import { MediaLinksService } from '../media/media-links.service.js';
import { SurroundingsService } from '../node/surroundings.service.js';
import { BasicAuthGuard, Public } from './basic-auth.guard.js';
import { RestError } from './rest-error.js';

/** What the whole cluster says of itself (contract 1.7), and the answer to everything that isn't mapped. */
@UseGuards(BasicAuthGuard)
@Controller('openvidu')
export class PlatformController {
  constructor(
    private readonly registry: NodeRegistry,
    private readonly links: MediaLinksService,
    private readonly surroundings: SurroundingsService,
  ) {}

  @Public()
  @Get('api/config/openvidu-publicurl')
  @Header('Content-Type', 'text/plain')
  publicUrl(): string {
    return `${this.surroundings.config.PUBLIC_URL.replace(/\/+$/, '')}/`;
  }

  /** For load balancers: this master answers. */
  @Public()
  @Get('health')
  health() {
    return { status: 'UP' };
  }

  /** 200 `UP`; 409 `UNSTABLE`: some media nodes can't be reached from here; 503 `DOWN`: none can. */
  @Get('api/health')
  async clusterHealth(@Res({ passthrough: true }) response: Response) {
    const nodes = await this.registry.list();
    const media = nodes.filter(({ record }) => record.role === 'media');
    const disconnectedMediaNodes = media
      .map(({ record }) => record.id)
      .filter((id) => !this.links.all().some(({ node, isUp }) => node.id === id && isUp));
    const isDown = disconnectedMediaNodes.length === media.length;
    const clusterStatus = isDown ? 'DOWN' : disconnectedMediaNodes.length > 0 ? 'UNSTABLE' : 'UP';
    response.status({ UP: 200, UNSTABLE: 409, DOWN: 503 }[clusterStatus]);
    const masters = nodes.filter(({ record }) => record.role === 'master');
    return {
      clusterStatus,
      nodes: Object.fromEntries(
        masters.map(({ record: { id, url } }) => [
          id,
          { status: clusterStatus, id, uri: url, disconnectedMediaNodes },
        ]),
      ),
    };
  }

  @All(['api', 'api/*rest'])
  unmapped(): never {
    throw new RestError(403, 'Forbidden');
  }
}
