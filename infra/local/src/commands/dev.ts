import { join } from 'node:path';
import type { LocalCluster } from '../cluster/local-cluster.ts';
import { Progress } from '../console/progress.ts';
import { Compiler } from '../dev/compiler.ts';
import { DevLoop } from '../dev/dev-loop.ts';
import { SourceWatch } from '../dev/source-watch.ts';
import { readWorkspace, type WorkspacePackage } from '../dev/workspace.ts';
import { root, stateDir } from '../system/paths.ts';
import { type StartHooks, type StartOptions, start } from './start.ts';

/**
 * The cluster of `npm start`, with inspectors, in which changes of sources run a moment later: the page takes them over by itself,
 * the processes of an app are exchanged one after the other, and open calls go on as after a crash.
 *
 * @throws LaunchError as `start`
 */
export async function dev(
  options: Omit<StartOptions, 'inspect' | 'page'>,
  hooks: Pick<StartHooks, 'stop' | 'onReady'>,
): Promise<void> {
  const beside = async (cluster: LocalCluster): Promise<() => Promise<void>> => {
    const progress = new Progress(process.stderr);
    const watch = await watchSources(cluster, (text) => progress.say(text));
    return async () => watch.close();
  };
  await start({ ...options, inspect: true, page: 'sources' }, { ...hooks, beside });
}

async function watchSources(
  cluster: LocalCluster,
  say: (text: string) => void,
): Promise<{ close: () => Promise<void> }> {
  const workspace = readWorkspace(root).filter(isCompiledHere);
  const compiler = new Compiler({ root, dir: join(stateDir, 'dev') });
  await compiler.clear();
  const loop = new DevLoop({ workspace, compiler, say, restart: async (app) => restart(cluster, app) });
  const watch = new SourceWatch({ root, workspace, onChange: (names) => void loop.changed(names) });
  await watch.ready();
  void loop.warmUp();
  return {
    close: async () => {
      loop.stop();
      await watch.close();
    },
  };
}

/** The page's own server compiles the page. */
function isCompiledHere({ folder, build }: WorkspacePackage): boolean {
  return build !== undefined && folder !== 'apps/tutorial-web';
}

async function restart(cluster: LocalCluster, app: string): Promise<void> {
  if (app === 'master' || app === 'media') await cluster.renew(app);
  else await cluster.restart(app);
}
