import { controlMessageLimit, controlPath } from '@evercall/media-protocol';
import { Inject } from '@nestjs/common';
import { type OnGatewayConnection, type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Logger } from 'pino';
import { BatchRunnerService } from '../commands/batch-runner.service.js';
import type { MediaConfig } from '../config.js';
import { LegDirectoryService } from '../legs/leg-directory.service.js';
import type { NodeIdentity } from '../node-identity.js';
import { LOGGER, MEDIA_CONFIG, NODE_IDENTITY } from '../tokens.js';
import { checkLink } from './link-auth.js';
import { type Link, type LinkServer, MasterLinksService } from './master-links.service.js';

/** The control links of the masters. A link that opens or closes touches no media. */
@WebSocketGateway({
  path: controlPath,
  transports: ['websocket'],
  serveClient: false,
  pingInterval: 2000,
  pingTimeout: 3000,
  maxHttpBufferSize: controlMessageLimit,
})
export class ControlGateway implements OnGatewayInit<LinkServer>, OnGatewayConnection<Link> {
  constructor(
    @Inject(MEDIA_CONFIG) private readonly config: MediaConfig,
    @Inject(NODE_IDENTITY) private readonly identity: NodeIdentity,
    @Inject(LOGGER) private readonly log: Logger,
    private readonly runner: BatchRunnerService,
    private readonly legs: LegDirectoryService,
    private readonly links: MasterLinksService,
  ) {}

  afterInit(server: LinkServer): void {
    this.links.attach(server);
    server.use((link, next) => {
      try {
        const own = { secret: this.config.OPENVIDU_SECRET, mediaNodeId: this.identity.id };
        link.data.masterId = checkLink(link.handshake.auth, own);
        next();
      } catch (error) {
        this.log.warn({ err: error, from: link.handshake.address }, 'control link refused');
        next(error instanceof Error ? error : new Error('refused', { cause: error }));
      }
    });
  }

  handleConnection(link: Link): void {
    const { masterId } = link.data;
    this.links.opened(link);
    this.log.info({ masterId }, 'control link opened');
    link.on('disconnect', (reason) => {
      this.links.closed();
      this.log.info({ masterId, reason }, 'control link closed');
    });
    // A message that asks for no answer can't be obeyed: its master would never learn what became of it.
    link.on('batch', (batch, answer) => {
      if (isCallable(answer)) void this.runner.run(batch).then(answer);
    });
    link.on('inventory', (_query, answer) => {
      if (isCallable(answer)) {
        answer({ mediaNodeId: this.identity.id, ...this.legs.inventory() });
      }
    });
  }
}

function isCallable(answer: unknown): boolean {
  return typeof answer === 'function';
}
