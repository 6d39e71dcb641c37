// A master as far as a load balancer sees it. SIGTERM: it drains, answers what it has and is gone when nothing is left.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const { NODE_NAME: name = '', PORT: port } = process.env;
let draining = false;
const server = createServer((request, response) => void answer(request, response));

/** @type {(request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse) => Promise<void>} */
async function answer(request, response) {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://master');
  const ms = Number(searchParams.get('ms') ?? 5);
  if (pathname === '/health/ready') {
    response.statusCode = draining ? 404 : 200;
  } else if (pathname === '/stall') {
    // The event loop is busy, as in a storm of clients that come back.
    const until = performance.now() + ms;
    while (performance.now() < until);
  } else {
    await sleep(ms);
  }
  response.end(name);
}

server.on('upgrade', (request, socket) => {
  const key = `${request.headers['sec-websocket-key'] ?? ''}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`;
  const accept = createHash('sha1').update(key).digest('base64');
  socket.on('error', () => socket.destroy());
  socket.write(
    `HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: ${accept}\r\nX-Name: ${name}\r\n\r\n`,
  );
});
server.listen(Number(port), '127.0.0.1');
process.on('SIGTERM', () => {
  draining = true;
});
