import { createSocket } from 'node:dgram';
import { createServer } from 'node:net';
import { LaunchError } from './launch-error.ts';

/** Whether a TCP port can be listened on at these addresses now. */
export async function isFree(port: number, addresses: readonly string[] = ['127.0.0.1']): Promise<boolean> {
  for (const address of addresses) if (!(await canListen(port, address))) return false;
  return true;
}

/**
 * Makes sure that a port that people know by heart is free.
 *
 * @throws LaunchError `PORT_BUSY` naming the setting that changes it.
 */
export async function requireFree(
  port: number,
  setting: string,
  addresses?: readonly string[],
): Promise<void> {
  if (await isFree(port, addresses)) return;
  throw new LaunchError(
    'PORT_BUSY',
    `Port ${port} is in use by another program: stop it, or choose another port, e.g. ${setting}=${port + 1} npm start.`,
  );
}

/** The first free TCP port of 127.0.0.1 from `first` on that isn't in `taken`; it is added there. */
export async function nextFree(first: number, taken: Set<number>): Promise<number> {
  for (let port = first; port < first + 1000; port += 1) {
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
  throw new LaunchError('PORT_BUSY', `No TCP port from ${first} to ${first + 999} is free.`);
}

/** Whether these `size` ports from `base` on are free for UDP and TCP on 127.0.0.1. */
export async function isFreeForMedia(base: number, size: number): Promise<boolean> {
  const ports = Array.from({ length: size }, (_, index) => base + index);
  const free = await Promise.all(ports.map(async (port) => (await isFree(port)) && (await canBind(port))));
  return free.every(Boolean);
}

/** The first block of `size` ports from `first` on, in steps of 100, that is free for UDP and TCP on 127.0.0.1. */
export async function nextFreeMediaBlock(first: number, size: number): Promise<number> {
  for (let base = first; base + size < 65_536; base += 100) if (await isFreeForMedia(base, size)) return base;
  throw new LaunchError('PORT_BUSY', `No ${size} ports from ${first} on are free for media.`);
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function canBind(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    socket.once('error', () => resolve(false));
    socket.bind({ port, address: '127.0.0.1', exclusive: true }, () => socket.close(() => resolve(true)));
  });
}
