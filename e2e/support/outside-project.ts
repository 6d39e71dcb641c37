import { execFile } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);
const root = fileURLToPath(new URL('../../', import.meta.url));
const published = ['protocol', 'client', 'react', 'server-sdk'];
/** Milliseconds that one command may take; the packages of others come from the store or the registry. */
const commandMs = 90_000;
const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/**
 * A project outside of this workspace, which has installed the published packages from their tarballs: nothing that only the
 * workspace has can be found from there.
 */
export class OutsideProject implements AsyncDisposable {
  readonly dir = mkdtempSync(join(tmpdir(), 'evercall-outside-'));
  #server: Server | undefined;

  /** Packs, installs, checks the types and builds. */
  async make(): Promise<void> {
    cpSync(join(root, 'e2e/outside'), this.dir, { recursive: true });
    const tarballs = new Map<string, string>();
    for (const name of published) {
      const folder = join(root, 'packages', name);
      await run('pnpm', ['pack', '--pack-destination', this.dir], { cwd: folder, timeout: commandMs });
      const file = readdirSync(this.dir).find(
        (one) => one.endsWith('.tgz') && ![...tarballs.values()].includes(one),
      );
      if (file === undefined) throw new Error(`${name} was not packed`);
      tarballs.set(nameOf(folder), file);
    }
    this.#writeManifest(tarballs);
    const install = ['install', '--prefer-offline', '--no-frozen-lockfile', '--ignore-scripts'];
    await this.run('pnpm', install);
    await this.run('pnpm', ['exec', 'tsc']);
    await this.run('pnpm', ['exec', 'vite', 'build']);
    // As pages without a bundler copy it.
    copyFileSync(join(this.dir, 'script.html'), join(this.dir, 'dist/script.html'));
    const client = join(this.dir, 'node_modules', nameOf(join(root, 'packages/client')));
    copyFileSync(join(client, 'dist/evercall.global.js'), join(this.dir, 'dist/evercall.global.js'));
  }

  /** Runs a command there. @returns what it prints @throws Error with both outputs, if it fails */
  async run(command: string, args: readonly string[]): Promise<string> {
    try {
      const { stdout } = await run(command, [...args], { cwd: this.dir, timeout: commandMs });
      return stdout;
    } catch (cause) {
      const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string };
      throw new Error(`${command} ${args.join(' ')}:\n${stdout}${stderr}`, { cause });
    }
  }

  /** Serves what was built. @returns the address */
  async serve(): Promise<string> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      try {
        const body = readFileSync(join(this.dir, 'dist', pathname === '/' ? 'index.html' : pathname));
        response.writeHead(200, { 'content-type': types[extname(pathname)] ?? 'text/html' }).end(body);
      } catch {
        response.writeHead(404).end();
      }
    });
    this.#server = server;
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    return `http://localhost:${(server.address() as AddressInfo).port}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const server = this.#server;
    if (server) {
      await new Promise((resolve) => {
        server.close(resolve);
        server.closeAllConnections();
      });
    }
    rmSync(this.dir, { recursive: true, force: true });
  }

  /** What these packages ask for among each other comes from their tarballs, too: no registry has them. */
  #writeManifest(tarballs: ReadonlyMap<string, string>): void {
    const own = Object.fromEntries([...tarballs].map(([name, file]) => [name, `file:./${file}`]));
    const versions = versionsOf([
      'react',
      'react-dom',
      'vite',
      'typescript',
      '@types/node',
      '@types/react',
      '@types/react-dom',
    ]);
    const manifest = {
      name: 'outside',
      private: true,
      type: 'module',
      dependencies: { ...own, ...versions },
    };
    writeFileSync(join(this.dir, 'package.json'), JSON.stringify(manifest, null, 2));
    const lines = Object.entries(own).map(([name, file]) => `  "${name}": "${file}"`);
    writeFileSync(
      join(this.dir, 'pnpm-workspace.yaml'),
      `pmOnFail: ignore\nminimumReleaseAge: 0\noverrides:\n${lines.join('\n')}\n`,
    );
  }
}

function nameOf(folder: string): string {
  const { name } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { name: string };
  return name;
}

/** The versions that this workspace uses itself: the store has them. */
function versionsOf(names: readonly string[]): Record<string, string> {
  const catalog = readFileSync(join(root, 'pnpm-workspace.yaml'), 'utf8');
  return Object.fromEntries(
    names.map((name) => {
      const [, version] = new RegExp(`^  "?${name}"?: (\\S+)$`, 'm').exec(catalog) ?? [];
      if (version === undefined) throw new Error(`pnpm-workspace.yaml has no version of ${name}`);
      return [name, version];
    }),
  );
}
