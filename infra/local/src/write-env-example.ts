// Writes .env.example: pnpm --filter @evercall/local run env-example, after a build.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { envSections, renderEnvExample } from './env-example.ts';
import { root } from './system/paths.ts';

writeFileSync(join(root, '.env.example'), renderEnvExample(await envSections()));
