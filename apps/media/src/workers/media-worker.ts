import type { types } from 'mediasoup';
import type { Logger } from 'pino';
import { WorkerWatch } from '../domain/worker-watch.js';
import { callWorker } from '../mediasoup/call-worker.js';
import { createWorker } from '../mediasoup/create-worker.js';
import { mediaCodecs } from '../mediasoup/media-codecs.js';
import { CpuMeter } from './cpu-meter.js';

/** Milliseconds between two questions to a worker. */
const watchIntervalMs = 500;
/** Milliseconds that a worker has to end by itself, saying goodbye to its peers. */
const closeTimeoutMs = 500;

/** Why a worker ended: its process ended by itself, or it didn't answer and was killed. */
export type WorkerDeathCause = 'exited' | 'frozen';

export interface MediaWorkerOptions {
  index: number;
  /** UDP and TCP port that all its transports share. */
  port: number;
  listenAddress: string;
  announcedAddress: string | undefined;
  log: Logger;
  /** Called once when it dies, not when it is closed. */
  onDied: (worker: MediaWorker, cause: WorkerDeathCause) => void;
}

/** One mediasoup worker process with the WebRTC server that receives and sends for all its transports. */
export class MediaWorker {
  readonly index: number;
  readonly startedAt = performance.now();
  readonly #worker: types.Worker;
  readonly #server: types.WebRtcServer;
  readonly #log: Logger;
  readonly #watch = new WorkerWatch();
  readonly #cpu = new CpuMeter();
  readonly #timer: NodeJS.Timeout;
  #deathCause: WorkerDeathCause = 'exited';

  private constructor(worker: types.Worker, server: types.WebRtcServer, options: MediaWorkerOptions) {
    this.index = options.index;
    this.#worker = worker;
    this.#server = server;
    this.#log = options.log;
    this.#timer = setInterval(() => this.#check(), watchIntervalMs);
    worker.once('died', () => {
      clearInterval(this.#timer);
      options.onDied(this, this.#deathCause);
    });
  }

  /** @throws Error when the process can't be started, MediaError when its port can't be opened */
  static async start(options: MediaWorkerOptions): Promise<MediaWorker> {
    const { port, listenAddress: ip, announcedAddress } = options;
    const worker = await createWorker();
    const address = announcedAddress === undefined ? { ip, port } : { ip, port, announcedAddress };
    try {
      const server = await callWorker({
        what: `open UDP and TCP port ${port} of ${ip}`,
        refusedAs: 'EXHAUSTED',
        call: () =>
          worker.createWebRtcServer({
            listenInfos: [
              { protocol: 'udp', ...address },
              { protocol: 'tcp', ...address },
            ],
          }),
      });
      return new MediaWorker(worker, server, options);
    } catch (error) {
      worker.close();
      throw error;
    }
  }

  get pid(): number {
    return this.#worker.pid;
  }

  get alive(): boolean {
    return !this.#worker.closed;
  }

  /** Share of one core that it used lately, 0 to 1. */
  get cpu(): number {
    return this.#cpu.share;
  }

  /** @throws MediaError EXHAUSTED or WORKER_UNAVAILABLE */
  createRouter(): Promise<types.Router> {
    return callWorker({
      what: 'open a router',
      refusedAs: 'EXHAUSTED',
      call: () => this.#worker.createRouter({ mediaCodecs }),
      onLate: (router) => router.close(),
    });
  }

  /** @throws MediaError EXHAUSTED or WORKER_UNAVAILABLE */
  createTransport(router: types.Router, appData: types.AppData): Promise<types.WebRtcTransport> {
    return callWorker({
      what: 'open a transport',
      refusedAs: 'EXHAUSTED',
      call: () =>
        router.createWebRtcTransport({
          webRtcServer: this.#server,
          enableUdp: true,
          enableTcp: true,
          preferUdp: true,
          initialAvailableOutgoingBitrate: 1_000_000,
          iceConsentTimeout: 30,
          appData,
        }),
      onLate: (transport) => transport.close(),
    });
  }

  /** Ends the process, by force if it doesn't end within 500 ms. */
  async close(): Promise<void> {
    clearInterval(this.#timer);
    if (this.#worker.subprocessClosed) return;
    const ended = new Promise<void>((resolve) => {
      this.#worker.once('subprocessclose', resolve);
    });
    const force = setTimeout(() => this.#kill(), closeTimeoutMs);
    try {
      this.#worker.close();
    } catch (error) {
      // mediasoup says goodbye over a channel that may be broken by now.
      this.#log.warn({ worker: this.index, err: error }, 'worker could not be closed and is killed');
      this.#kill();
    }
    await ended;
    clearTimeout(force);
  }

  #check(): void {
    const action = this.#watch.tick();
    if (action === 'ask') void this.#ask();
    if (action !== 'kill') return;
    this.#log.error({ worker: this.index, workerPid: this.pid }, 'worker does not answer and is killed');
    clearInterval(this.#timer);
    this.#deathCause = 'frozen';
    this.#kill();
  }

  async #ask(): Promise<void> {
    try {
      const usage = await this.#worker.getResourceUsage();
      this.#cpu.measure(usage.ru_utime + usage.ru_stime, performance.now());
      this.#watch.answered();
    } catch (error) {
      // The worker was closed or died meanwhile; `died` tells those who must know.
      this.#log.debug({ worker: this.index, err: error }, 'worker gave no resource usage');
    }
  }

  #kill(): void {
    if (this.#worker.subprocessClosed) return;
    try {
      process.kill(this.pid, 'SIGKILL');
    } catch (error) {
      this.#log.debug({ worker: this.index, err: error }, 'worker was gone before it could be killed');
    }
  }
}
