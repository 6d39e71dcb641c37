import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '../generated/client.js';

/** Milliseconds that connecting, or one statement, may take before it fails. */
const timeoutMs = 5_000;

/** A pool of connections that opens with the first query; its owner calls `$disconnect`. */
export function createPrisma(url: string): PrismaClient {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: 10,
      connectionTimeoutMillis: timeoutMs,
      statement_timeout: timeoutMs,
      query_timeout: timeoutMs * 2,
    }),
  });
}
