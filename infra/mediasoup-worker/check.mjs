// check.mjs MEDIASOUP, with MEDIASOUP_WORKER_BIN in the environment: whether this worker can carry media.
//
// Starts it through mediasoup, makes a transport, plays a browser's first step (a STUN binding request that nominates
// the pair), and waits for the worker's first DTLS message. A worker that was put together wrongly (see README.md on
// kernel TLS) starts well and dies exactly there. Exit code 0 means that it works.
import { createHmac, randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { crc32 } from 'node:zlib';

const LIMIT_MS = 10_000;
const DTLS_HANDSHAKE = 22;

const [mediasoupDir = ''] = process.argv.slice(2);
const require = createRequire(join(mediasoupDir, 'package.json'));
const mediasoup = await import(pathToFileURL(require.resolve('mediasoup')).href);

const limit = setTimeout(() => fail(`no DTLS message within ${LIMIT_MS} ms`), LIMIT_MS);
const worker = await mediasoup.createWorker();
worker.once('died', (error) => fail(`the worker died: ${error.message}`));
const server = await worker.createWebRtcServer({ listenInfos: [{ protocol: 'udp', ip: '127.0.0.1' }] });
const mediaCodecs = [{ kind: 'audio', mimeType: 'audio/opus', clockRate: 48_000, channels: 2 }];
const router = await worker.createRouter({ mediaCodecs });
const transport = await router.createWebRtcTransport({ webRtcServer: server });

// The worker is to begin the DTLS handshake; the fingerprint would be compared only later.
const fingerprints = [{ algorithm: 'sha-256', value: Array(32).fill('00').join(':') }];
await transport.connect({ dtlsParameters: { role: 'server', fingerprints } });

const socket = createSocket('udp4');
socket.on('message', (message) => {
  if (message[0] !== DTLS_HANDSHAKE) return;
  clearTimeout(limit);
  socket.close();
  worker.close();
});
const [{ ip, port }] = transport.iceCandidates;
socket.send(bindingRequest(transport.iceParameters), port, ip);

function fail(reason) {
  console.error(reason);
  process.exit(1);
}

/** A STUN binding request (RFC 8489) of a controlling ICE agent that uses this pair. */
function bindingRequest({ usernameFragment, password }) {
  const uint32 = (value) => {
    const bytes = Buffer.alloc(4);
    bytes.writeUInt32BE(value);
    return bytes;
  };
  let attributes = Buffer.alloc(0);
  const message = (length) => {
    const header = Buffer.from('000100002112a442', 'hex');
    header.writeUInt16BE(length, 2);
    return Buffer.concat([header, transactionId, attributes]);
  };
  const add = (type, value) => {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(type, 0);
    head.writeUInt16BE(value.length, 2);
    const padding = Buffer.alloc((4 - (value.length % 4)) % 4);
    attributes = Buffer.concat([attributes, head, value, padding]);
  };
  const transactionId = randomBytes(12);
  add(0x0006, Buffer.from(`${usernameFragment}:check`)); // USERNAME
  add(0x0024, uint32(1)); // PRIORITY
  add(0x802a, randomBytes(8)); // ICE-CONTROLLING
  add(0x0025, Buffer.alloc(0)); // USE-CANDIDATE
  // Both sums count themselves in the length of the message they are made over.
  add(
    0x0008,
    createHmac('sha1', password)
      .update(message(attributes.length + 24))
      .digest(),
  ); // MESSAGE-INTEGRITY
  add(0x8028, uint32((crc32(message(attributes.length + 8)) ^ 0x5354554e) >>> 0)); // FINGERPRINT
  return message(attributes.length);
}
