import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';

/** Adds the variables of a `.env` file to the environment; what is set there already wins. No file is no error. */
export function loadDotenv(file: string, env: NodeJS.ProcessEnv): void {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  for (const [name, value] of Object.entries(parseEnv(text))) {
    if (value !== undefined) env[name] ??= value;
  }
}
