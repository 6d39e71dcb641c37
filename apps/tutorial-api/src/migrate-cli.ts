import { z } from 'zod';
import { tutorialApiConfigSchema } from './config.js';
import { migrate } from './database/migrate.js';

const settings = tutorialApiConfigSchema.pick({ DATABASE_URL: true }).safeParse(process.env);
if (!settings.success) {
  console.error(z.prettifyError(settings.error));
  process.exit(1);
}
const { applied, engine } = await migrate(settings.data.DATABASE_URL);
console.log(applied.length === 0 ? 'up to date' : `applied by the ${engine} engine: ${applied.join(', ')}`);
// The engine's own lock timer would keep the process for 10 s.
process.exit(0);
