// npm run x -- pnpm --filter @evercall/master run openapi: puts down the document of the REST API.
import { writeFileSync } from 'node:fs';
import { version } from '../node/version.js';
import { openApiDocument } from './document.js';

const file = new URL('../../openapi.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(openApiDocument(version), null, 2)}\n`);
