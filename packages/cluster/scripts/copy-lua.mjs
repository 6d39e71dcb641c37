// tsc copies no Lua: the scripts go beside the compiled files that load them.
import { cpSync } from 'node:fs';

cpSync('src/lua', 'dist/lua', { recursive: true });
