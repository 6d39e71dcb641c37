import { z } from 'zod';
import { tutorialApiConfigSchema } from './config.js';
import { migrate } from './database/migrate.js';

const settings = tutorialApiConfigSchema.pick({ DATABASE_URL: true }).safeParse(process.env);
if (settings.success) {
  const { applied, engine } = await migrate(settings.data.DATABASE_URL);
  console.log(applied.length === 0 ? 'up to date' : `applied by the ${engine} engine: ${applied.join(', ')}`);
} else {
  console.error(z.prettifyError(settings.error));
  process.exitCode = 1;
}
