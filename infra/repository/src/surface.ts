import { join } from 'node:path';
import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';
import type { WorkspacePackage } from './public-packages.ts';
import { root } from './tracked-files.ts';

/** What comparing a package's exports with the committed file came to. */
export interface Surface {
  /** Path of the committed file, relative to the checkout. */
  file: string;
  /** Whether the built package exports something else than that says. */
  changed: boolean;
  /** What the tool can't make sense of. */
  errors: string[];
}

/**
 * Compares everything that a built package exports, with its types, with what `exports.api.md` beside it says.
 *
 * @param options.write - Brings the file up to date.
 */
export function surfaceOf({ name, folder }: WorkspacePackage, { write }: { write: boolean }): Surface {
  const projectFolder = join(root, folder);
  const errors: string[] = [];
  const unlogged = { logLevel: ExtractorLogLevel.None };
  const config = ExtractorConfig.prepare({
    configObjectFullPath: join(projectFolder, 'api-extractor.json'),
    packageJsonFullPath: join(projectFolder, 'package.json'),
    configObject: {
      projectFolder,
      mainEntryPointFilePath: join(projectFolder, 'dist/index.d.ts'),
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            target: 'es2022',
            module: 'esnext',
            moduleResolution: 'bundler',
            lib: ['es2023', 'dom', 'dom.iterable'],
            jsx: 'react-jsx',
            strict: true,
            skipLibCheck: true,
            types: [],
          },
          files: [join(projectFolder, 'dist/index.d.ts')],
        },
      },
      apiReport: {
        enabled: true,
        reportFolder: projectFolder,
        reportTempFolder: join(projectFolder, 'node_modules/.cache/surface'),
        reportFileName: 'exports',
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        extractorMessageReporting: { default: unlogged },
        tsdocMessageReporting: { default: unlogged },
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Error } },
      },
    },
  });
  const result = Extractor.invoke(config, {
    localBuild: write,
    messageCallback: (message) => {
      if (message.logLevel === ExtractorLogLevel.Error) errors.push(`${name}: ${message.text}`);
      message.handled = true;
    },
  });
  return { file: `${folder}/exports.api.md`, changed: result.apiReportChanged, errors };
}
