import { type CanActivate, type ExecutionContext, Injectable, NotFoundException } from '@nestjs/common';
import type { Request } from 'express';

/** Lets in only who is on this machine; for everybody else there is nothing here. */
@Injectable()
export class LoopbackGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { remoteAddress = '' } = context.switchToHttp().getRequest<Request>().socket;
    if (/^(127\.|::1$|::ffff:127\.)/.test(remoteAddress)) return true;
    throw new NotFoundException();
  }
}
