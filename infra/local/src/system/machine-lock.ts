import { connect, createServer, type Socket } from 'node:net';

/** Frees the lock. */
export type Unlock = () => Promise<void>;

/**
 * Waits until no other process of this machine holds the lock, then holds it. The lock is a socket name that the
 * kernel frees when its holder ends in whatever way, so it is never stale.
 *
 * @param onWait - Called once when somebody else holds it.
 */
export async function lockMachineWide(name: string, onWait: () => void): Promise<Unlock> {
  // Linux: a name that begins with a zero byte is no file.
  const address = `\0evercall-${name}`;
  let told = false;
  for (;;) {
    const unlock = await tryLock(address);
    if (unlock !== undefined) return unlock;
    if (!told) onWait();
    told = true;
    await holderGone(address);
  }
}

function tryLock(path: string): Promise<Unlock | undefined> {
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
    server.listen({ path }, () => {
      resolve(
        () =>
          new Promise((done) => {
            server.close(() => done());
            // Those who wait learn by the end of their connection that it is their turn.
            for (const socket of waiting) socket.destroy();
          }),
      );
    });
  });
}

function holderGone(path: string): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect({ path });
    socket.once('error', () => resolve());
    socket.once('close', () => resolve());
    socket.resume();
  });
}
