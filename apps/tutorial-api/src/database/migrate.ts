import { readMigrations } from './migrations-folder.js';
import { deployByNativeEngine, hasNativeEngine } from './native-engine.js';
import { pendingMigrations } from './pending-migrations.js';
import { deployByWasmEngine } from './wasm-engine.js';

/** What a migration run came to. */
export interface MigrationOutcome {
  /** Names of the migrations that were missing and are applied now. */
  applied: string[];
  engine: 'none' | 'native' | 'wasm';
}

/**
 * Brings the database up to date. Several processes may do so at once: the engines lock.
 *
 * @throws Error if the database can't be reached or a migration fails
 */
export async function migrate(url: string): Promise<MigrationOutcome> {
  const migrations = await readMigrations();
  const pending = await pendingMigrations(url, migrations);
  if (pending.length === 0) return { applied: [], engine: 'none' };
  const engine = (await hasNativeEngine()) ? 'native' : 'wasm';
  try {
    await (engine === 'native' ? deployByNativeEngine(url) : deployByWasmEngine(url));
  } catch (error) {
    // An engine waits 10 s for the lock; whoever held it may have done the work.
    if ((await pendingMigrations(url, migrations)).length > 0) throw error;
  }
  return { applied: pending, engine };
}
