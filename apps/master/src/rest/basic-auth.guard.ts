import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { SurroundingsService } from '../node/surroundings.service.js';
import { RestError } from './rest-error.js';

const publicKey = 'public';

/** Marks a route that needs no secret. */
export const Public = () => SetMetadata(publicKey, true);

const digest = (text: string) => createHash('sha256').update(text).digest();

/** Basic auth `OPENVIDUAPP:<OPENVIDU_SECRET>`, compared in a time that tells nothing. */
@Injectable()
export class BasicAuthGuard implements CanActivate {
  readonly #expected: Buffer;

  constructor(
    private readonly reflector: Reflector,
    { config }: SurroundingsService,
  ) {
    this.#expected = digest(`OPENVIDUAPP:${config.OPENVIDU_SECRET}`);
  }

  canActivate(context: ExecutionContext): boolean {
    const marked = [context.getHandler(), context.getClass()];
    if (this.reflector.getAllAndOverride<boolean>(publicKey, marked)) return true;
    const { authorization = '' } = context.switchToHttp().getRequest<Request>().headers;
    const [scheme = '', credentials = ''] = authorization.split(' ');
    const given = scheme.toLowerCase() === 'basic' ? Buffer.from(credentials, 'base64').toString() : '';
    if (timingSafeEqual(digest(given), this.#expected)) return true;
    throw new RestError(401, 'Unauthorized', { headers: { 'WWW-Authenticate': 'Basic realm="OpenVidu"' } });
  }
}
