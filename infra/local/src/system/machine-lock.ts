import { connect, createServer, type Socket } from 'node:net';

/** Frees the lock. */
export type Unlock = () => Promise<void>;

/**
 * Waits until no other process of this machine holds the lock, then holds it.
 *
 * @param onWait - Called once when somebody else holds it.
 */
export async function lockMachineWide(name: string, onWait: () => void): Promise<Unlock> {
  let told = false;
  for (;;) {
    const unlock = await tryLockMachineWide(name);
    if (unlock !== undefined) return unlock;
    if (!told) onWait();
    told = true;
    await holderGone(socketName(name));
  }
}

/**
 * Holds the lock if no other process of this machine does; else undefined. The lock is a socket name that the kernel
 * frees when its holder ends in whatever way, so it is never stale.
 */
export function tryLockMachineWide(name: string): Promise<Unlock | undefined> {
  return new Promise((resolve, reject) => {
    const waiting = new Set<Socket>();
    const server = createServer((socket) => {
      waiting.add(socket);
      // One who waits may end at any time, which is of no interest here.
      socket.on('error', () => socket.destroy());
      socket.once('close', () => waiting.delete(socket));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    const unlock: Unlock = () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Those who wait learn by the end of their connection that it is their turn.
        for (const socket of waiting) socket.destroy();
      });
    server.listen({ path: socketName(name) }, () => resolve(unlock));
    // Holding a lock is no reason for a process to go on.
    server.unref();
  });
}

/** Linux: a name that begins with a zero byte is no file. */
function socketName(name: string): string {
  return `\0evercall-${name}`;
}

function holderGone(path: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
    socket.resume();
  });
}
