import { createHmac } from 'node:crypto';
import { ConnectionId, SessionId } from '@evercall/protocol';
import { Inject, Injectable } from '@nestjs/common';
import { jwtVerify, SignJWT } from 'jose';
import { z } from 'zod';
import { CONFIG, type MasterConfig } from '../config.js';
import { RequestError } from '../request-error.js';

const Claims = z.object({
  sessionId: SessionId,
  life: z.number().int().positive(),
  connectionId: ConnectionId,
});
/** The connection that a resume token is for. */
export type ResumeClaims = z.infer<typeof Claims>;

/** Signs and reads the tokens with which a client takes its connection over again. Any master reads any master's. */
@Injectable()
export class ResumeTokens {
  readonly #key: Uint8Array;

  constructor(@Inject(CONFIG) config: MasterConfig) {
    this.#key = createHmac('sha256', config.OPENVIDU_SECRET).update('evercall resume token').digest();
  }

  async sign(claims: ResumeClaims): Promise<string> {
    return new SignJWT({ ...claims }).setProtectedHeader({ alg: 'HS256' }).setIssuedAt().sign(this.#key);
  }

  /** @throws RequestError `RESUME_DENIED` */
  async read(token: string): Promise<ResumeClaims> {
    try {
      const { payload } = await jwtVerify(token, this.#key, { algorithms: ['HS256'] });
      return Claims.parse(payload);
    } catch (error) {
      throw new RequestError('RESUME_DENIED', 'the resume token is not valid here', { cause: error });
    }
  }
}
