/** What {@link commandProblem} needs to know of the workspace. */
export interface Workspace {
  /** Scripts of the root's manifest. */
  scripts: ReadonlySet<string>;
  /** Scripts of each package, by its name. */
  packages: ReadonlyMap<string, ReadonlySet<string>>;
}

const comment = /\s+#.*$/;
const npm = /^npm (?:run (?:-s )?(?<script>[\w:-]+)|(?<short>start|test|stop))\b(?: -- (?<rest>.*))?/;
const filtered = /^pnpm --filter (?<name>\S+) (?:run )?(?<script>[\w:-]+)/;

/** The commands of a shell block, without comments and what follows a `;` or `&&`. */
export function commandsOf(block: string): string[] {
  return block
    .split('\n')
    .map((line) => line.replace(comment, '').trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

/** Why a command of npm or pnpm that a page shows can't work here; undefined if it can, or is another program's. */
export function commandProblem(command: string, { scripts, packages }: Workspace): string | undefined {
  const { script, short, rest = '' } = npm.exec(command)?.groups ?? {};
  const wanted = script ?? short;
  if (wanted !== undefined && !scripts.has(wanted)) return `${command}: the root has no script ${wanted}`;
  const inPackage = filtered.exec(wanted === 'x' ? rest : command)?.groups;
  if (inPackage === undefined) return undefined;
  const { name = '', script: task = '' } = inPackage;
  const known = packages.get(name);
  if (known === undefined) return `${command}: there is no package ${name}`;
  return known.has(task) || task === 'exec' ? undefined : `${command}: ${name} has no script ${task}`;
}
