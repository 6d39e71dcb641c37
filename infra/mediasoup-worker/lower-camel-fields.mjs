// lower-camel-fields.mjs FROM TO: copies flatbuffers schemas, with field_names made fieldNames.
//
// The worker's C++ is written for `flatc --cpp-field-case-style lower`, an option that flatc 2.0 (Debian 12) doesn't
// have. Renaming the fields before gives the same accessors; what is sent goes by the order of fields, not by name.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const [from = '', to = ''] = process.argv.slice(2);
mkdirSync(to, { recursive: true });
for (const file of readdirSync(from).filter((name) => name.endsWith('.fbs'))) {
  const schema = readFileSync(join(from, file), 'utf8');
  const renamed = schema.replace(/^\s*[a-z]\w*(?=\s*:)/gm, (field) =>
    field.replace(/_([a-z0-9])/g, (_match, letter) => letter.toUpperCase()),
  );
  writeFileSync(join(to, file), renamed);
}
