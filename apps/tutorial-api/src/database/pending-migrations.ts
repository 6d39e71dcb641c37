import { z } from 'zod';
import { PrismaClientKnownRequestError } from '../generated/internal/prismaNamespace.js';
import type { Migration } from './migrations-folder.js';
import { createPrisma } from './prisma.js';

const Applied = z.array(z.object({ migration_name: z.string() }));

/** Names of the migrations that the database hasn't got, so that an ordinary start needs no schema engine. */
export async function pendingMigrations(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const prisma = createPrisma(url);
  try {
    const rows = Applied.parse(
      await prisma.$queryRaw`SELECT migration_name FROM _prisma_migrations
        WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    );
    const applied = new Set(rows.map((row) => row.migration_name));
    return migrations.map((migration) => migration.name).filter((name) => !applied.has(name));
  } catch (error) {
    if (isMissingTable(error)) return migrations.map((migration) => migration.name);
    throw error;
  } finally {
    await prisma.$disconnect();
  }
}

/** 42P01 is Postgres' `undefined_table`: a database that no migration has reached. */
function isMissingTable(error: unknown): boolean {
  return error instanceof PrismaClientKnownRequestError && JSON.stringify(error.meta ?? {}).includes('42P01');
}
