import { fileURLToPath } from 'node:url';
import { spawnNode } from '@evercall/testing';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { migrate } from '../src/database/migrate.js';
import { readMigrations } from '../src/database/migrations-folder.js';
import { createPrisma } from '../src/database/prisma.js';
import { deployByWasmEngine } from '../src/database/wasm-engine.js';
import { createTestDatabase, type TestDatabase } from './postgres-server.js';

const cli = fileURLToPath(new URL('../dist/migrate-cli.js', import.meta.url));

/** Prisma's own table, as its native engine makes it. */
const Row = z.strictObject({
  id: z.uuid(),
  checksum: z.string(),
  finished_at: z.date(),
  migration_name: z.string(),
  logs: z.null(),
  rolled_back_at: z.null(),
  started_at: z.date(),
  applied_steps_count: z.literal(1),
});

async function expectMigrated(url: string): Promise<void> {
  const prisma = createPrisma(url);
  try {
    const rows = z.array(Row).parse(await prisma.$queryRaw`SELECT * FROM _prisma_migrations`);
    expect(rows.map((row) => ({ name: row.migration_name, checksum: row.checksum }))).toEqual(
      (await readMigrations()).map(({ name, checksum }) => ({ name, checksum })),
    );
    expect(await prisma.room.count()).toBe(0);
  } finally {
    await prisma.$disconnect();
  }
}

describe('migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it('are applied without a native engine, and recorded as Prisma records them', async () => {
    const names = (await readMigrations()).map((migration) => migration.name);
    expect(await deployByWasmEngine(database.url)).toEqual(names);
    expect(await deployByWasmEngine(database.url)).toEqual([]);
    await expectMigrated(database.url);
  });

  it('need no engine when there is nothing to apply', async () => {
    expect(await migrate(database.url)).toEqual({ applied: [], engine: 'none' });
  });

  it('are applied once by several processes at the same moment', async () => {
    await using empty = await createTestDatabase();
    const env = { DATABASE_URL: empty.url };
    const started = await Promise.all([1, 2].map(() => spawnNode({ entry: cli, env })));
    const exits = await Promise.all(started.map((child) => child.exited()));
    const failed = started.filter((_, index) => exits[index]?.code !== 0);
    expect(failed.map((child) => child.output())).toEqual([]);
    await expectMigrated(empty.url);
  }, 120_000);

  it('fail when the database is not there', async () => {
    await expect(migrate('postgresql://postgres@127.0.0.1:1/none')).rejects.toThrow(/reach database/);
  });
});
