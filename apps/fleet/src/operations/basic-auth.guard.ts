import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  UnauthorizedException,
} from '@nestjs/common';
import type { Request } from 'express';
import type { FleetConfig } from '../config.js';
import { FLEET_CONFIG } from '../tokens.js';

/** Lets in who sends Basic authentication with user `OPENVIDUAPP` and the cluster's secret. */
@Injectable()
export class BasicAuthGuard implements CanActivate {
  readonly #right: Buffer;

  constructor(@Inject(FLEET_CONFIG) config: FleetConfig) {
    const credentials = Buffer.from(`OPENVIDUAPP:${config.OPENVIDU_SECRET}`).toString('base64');
    this.#right = digest(`Basic ${credentials}`);
  }

  canActivate(context: ExecutionContext): boolean {
    const { authorization = '' } = context.switchToHttp().getRequest<Request>().headers;
    if (timingSafeEqual(digest(authorization), this.#right)) return true;
    throw new UnauthorizedException();
  }
}

/** Of one length whatever is given, as a comparison in constant time needs it. */
function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
