import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PrismaPg } from '@prisma/adapter-pg';
import {
  bindMigrationAwareSqlAdapterFactory,
  type SqlDriverAdapter,
  type SqlMigrationAwareDriverAdapterFactory,
} from '@prisma/driver-adapter-utils';
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg';
import { migrationsDir, readMigrations } from './migrations-folder.js';

/** The types of Node lack it, and those of browsers bring too much. */
declare const WebAssembly: {
  instantiate(
    bytes: Uint8Array,
    imports: Record<string, Record<string, unknown>>,
  ): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/**
 * `prisma migrate deploy` by Prisma's schema engine in WebAssembly, for machines that can't download the native one.
 * It is the engine of the pinned Prisma version, so it takes the same lock and leaves the same `_prisma_migrations`.
 *
 * @returns names of the migrations it applied
 */
export async function deployByWasmEngine(url: string): Promise<string[]> {
  await (loaded ??= loadEngine());
  // One connection: the engine's lock is the session's.
  await using database = trackConnections(new PrismaPg({ connectionString: url, max: 1 }));
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: undefined },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory(database.factory),
  );
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      filters: { externalTables: [], externalEnums: [] },
      migrationsList: await migrationsList(),
    });
    return appliedMigrationNames;
  } finally {
    engine.free();
  }
}

async function migrationsList(): Promise<engineModule.MigrationList> {
  const migrations = await readMigrations();
  return {
    baseDir: migrationsDir,
    shadowDbInitScript: '',
    lockfile: {
      path: 'migration_lock.toml',
      content: await readFile(join(migrationsDir, 'migration_lock.toml'), 'utf8'),
    },
    migrationDirectories: migrations.map(({ name, sql }) => ({
      path: name,
      migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
    })),
  };
}

/** Closes what the engine opened: it leaves that to the end of the process, and its lock would stay until then. */
function trackConnections(
  inner: SqlMigrationAwareDriverAdapterFactory,
): { factory: SqlMigrationAwareDriverAdapterFactory } & AsyncDisposable {
  const opened: SqlDriverAdapter[] = [];
  const track = async (adapter: Promise<SqlDriverAdapter>) => {
    opened.push(await adapter);
    return adapter;
  };
  return {
    factory: {
      provider: inner.provider,
      adapterName: inner.adapterName,
      connect: () => track(inner.connect()),
      connectToShadowDb: () => track(inner.connectToShadowDb()),
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(opened.map((adapter) => adapter.dispose()));
    },
  };
}

/** The glue code holds one instance per process; a second one would take the memory from under the first. */
let loaded: Promise<void> | undefined;

/** The package is made for bundlers, which load its WebAssembly for it; Node has to do so by hand. */
async function loadEngine(): Promise<void> {
  const folder = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
  const bytes = await readFile(join(folder, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': { ...engineModule } });
  engineModule.__wbg_set_wasm(instance.exports); // oxlint-disable-line no-underscore-dangle -- named by wasm-bindgen
  const start = instance.exports['__wbindgen_start'];
  if (typeof start === 'function') start();
}
