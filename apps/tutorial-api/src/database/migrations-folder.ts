import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** One migration as it stands in `prisma/migrations`. */
export interface Migration {
  name: string;
  sql: string;
  /** As Prisma keeps it in `_prisma_migrations`. */
  checksum: string;
}

/** `apps/tutorial-api`. */
export const packageDir = fileURLToPath(new URL('../..', import.meta.url));
export const migrationsDir = join(packageDir, 'prisma', 'migrations');

/** All migrations, oldest first. */
export async function readMigrations(): Promise<Migration[]> {
  const entries = await readdir(migrationsDir, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const sql = await readFile(join(migrationsDir, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}
