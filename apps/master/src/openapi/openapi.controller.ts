import { Controller, Get, UseGuards } from '@nestjs/common';
import { version } from '../node/version.js';
import { BasicAuthGuard, Public } from '../rest/basic-auth.guard.js';
import { openApiDocument } from './document.js';

/** The REST API described for tools. It holds no secret. */
@UseGuards(BasicAuthGuard)
@Controller('cluster/api/openapi.json')
export class OpenApiController {
  readonly #document = openApiDocument(version);

  @Public()
  @Get()
  document() {
    return this.#document;
  }
}
