import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { settingsSchema } from './settings.ts';
import { root } from './system/paths.ts';

/** Variables of one part of the system. */
export interface EnvSection {
  title: string;
  schema: z.ZodObject;
}

/** The launcher gives these to each process itself; in `.env` they would be without effect. */
const setByLauncher = new Set([
  'PORT',
  'HOST',
  'NODE_NAME',
  'ADVERTISED_URL',
  'MEDIA_PORT_BASE',
  'OPENVIDU_URL',
  'FLEET_URL',
  'FLEET_PLAN',
  'FLEET_RUN_DIR',
  'FLEET_LOGS_DIR',
]);

const header = `# Settings of the local cluster. Copy what you want to change to .env; the environment wins over it.
# Made from the schemas: npm run x -- pnpm --filter @evercall/local run env-example
`;

/** Every part that reads the environment. The apps must have been built. */
export async function envSections(): Promise<EnvSection[]> {
  return [
    { title: 'Launcher: npm start, npm test', schema: settingsSchema },
    { title: 'Master nodes', schema: await appSchema('master', 'masterConfigSchema') },
    { title: 'Media nodes', schema: await appSchema('media', 'mediaConfigSchema') },
    { title: 'Fleet', schema: await appSchema('fleet', 'fleetConfigSchema') },
    { title: "The tutorial's backend", schema: await appSchema('tutorial-api', 'tutorialApiConfigSchema') },
  ];
}

/**
 * The text of `.env.example`: for each variable its sentence and its default, commented out. A variable that several
 * parts read is listed with the first.
 *
 * @throws Error for a variable without a description.
 */
export function renderEnvExample(sections: readonly EnvSection[]): string {
  const seen = new Set(setByLauncher);
  const blocks = sections.map(({ title, schema }) => {
    const fields = Object.entries(schema.shape).filter(([name]) => !seen.has(name));
    for (const [name] of fields) seen.add(name);
    return [`# --- ${title} ---`, ...fields.map(([name, field]) => renderField(name, field))].join('\n\n');
  });
  return `${header}\n${blocks.join('\n\n')}\n`;
}

async function appSchema(app: string, name: string): Promise<z.ZodObject> {
  const url = pathToFileURL(join(root, 'apps', app, 'dist/config.js')).href;
  const module: Record<string, unknown> = await import(url);
  const schema = module[name];
  if (schema instanceof z.ZodObject) return schema;
  throw new Error(`apps/${app}/src/config.ts exports no ${name}`);
}

function renderField(name: string, field: z.core.$ZodType): string {
  const description = findIn(field, (schema) => z.globalRegistry.get(schema)?.description);
  if (description === undefined) throw new Error(`${name} has no description`);
  const value = findIn(field, (schema) =>
    schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault
      ? [schema.def.defaultValue].flat()
      : undefined,
  );
  return `# ${description}\n# ${name}=${value?.join(',') ?? ''}`;
}

/** The first answer of a schema or of the ones it wraps: `.describe()` and `.default()` may come in any order. */
function findIn<T>(schema: z.core.$ZodType, look: (schema: z.core.$ZodType) => T | undefined): T | undefined {
  const found = look(schema);
  if (found !== undefined) return found;
  if (schema instanceof z.ZodPipe) return findIn(schema.def.in, look);
  const wraps =
    schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault;
  return wraps ? findIn(schema.def.innerType, look) : undefined;
}
