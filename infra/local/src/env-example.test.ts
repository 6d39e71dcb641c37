import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { envSections, renderEnvExample } from './env-example.ts';
import { root } from './system/paths.ts';

describe('.env.example', () => {
  it('is what the schemas say (else: pnpm --filter @evercall/local run env-example)', async () => {
    const written = readFileSync(join(root, '.env.example'), 'utf8');
    expect(written).toBe(renderEnvExample(await envSections()));
  });
});

describe('renderEnvExample', () => {
  it('lists each variable once, with its sentence and default', () => {
    const first = z.object({
      LIMIT: z.coerce.number().default(5).describe('How many.'),
      ADDRESSES: z
        .string()
        .transform((text) => text.split(','))
        .default(['a', 'b'])
        .describe('Where.'),
      KEY: z.string().optional().describe('Which.'),
      PORT: z.number().describe('Set by the launcher.'),
    });
    const second = z.object({
      LIMIT: z.number().describe('Again.'),
      NAME: z.string().describe('Who.').default('x'),
    });
    const text = renderEnvExample([
      { title: 'First', schema: first },
      { title: 'Second', schema: second },
    ]);
    expect(text).toContain('# How many.\n# LIMIT=5\n');
    expect(text).toContain('# Where.\n# ADDRESSES=a,b\n');
    expect(text).toContain('# Which.\n# KEY=\n');
    expect(text).toContain('# Who.\n# NAME=x\n');
    expect(text).not.toMatch(/Again|PORT/);
  });

  it('refuses a variable that nobody described', () => {
    expect(() => renderEnvExample([{ title: 'X', schema: z.object({ A: z.string() }) }])).toThrow(
      'A has no description',
    );
  });
});
