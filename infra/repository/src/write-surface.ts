// npm run x -- pnpm --filter @evercall/repository run surface: puts down what the built packages export.
import { publicPackages } from './public-packages.ts';
import { surfaceOf } from './surface.ts';

for (const one of publicPackages()) {
  const { file, changed, errors } = surfaceOf(one, { write: true });
  for (const error of errors) console.error(error);
  console.log(`${file}${changed ? ' has changed' : ''}`);
  if (errors.length > 0) process.exitCode = 1;
}
