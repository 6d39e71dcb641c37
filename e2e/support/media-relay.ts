import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import type { Page } from '@playwright/test';

const host = '127.0.0.1';

/**
 * Carries a page's media over ports of its own, so that its network can be taken away: no setting of Chromium's keeps
 * WebRTC from sending.
 */
export class MediaRelay implements AsyncDisposable {
  /** Port of the relay, by port of a media node. */
  readonly #ports = new Map<number, number>();
  readonly #sockets: Socket[] = [];
  #open = true;

  private constructor() {}

  /** @param ports UDP ports on which media nodes of this machine receive */
  static async start(ports: readonly number[]): Promise<MediaRelay> {
    const relay = new MediaRelay();
    for (const port of ports) relay.#ports.set(port, await relay.#listen(port));
    return relay;
  }

  /** While closed, nothing comes through in either direction. */
  setOpen(open: boolean): void {
    this.#open = open;
  }

  /** Lets a page send to the relay instead. Before it loads. */
  async serve(page: Page): Promise<void> {
    await page.addInitScript((ports) => {
      const redirected = (line: string): string[] => {
        const [, port = ''] = /^a=candidate:.* udp .* (\d+) typ host/i.exec(line) ?? [];
        if (port !== '') return [line.replace(` ${port} typ`, ` ${ports[port] ?? port} typ`)];
        return line.startsWith('a=candidate:') ? [] : [line];
      };
      window.RTCPeerConnection = class extends RTCPeerConnection {
        override setRemoteDescription({ type, sdp = '' }: RTCSessionDescriptionInit): Promise<void> {
          return super.setRemoteDescription({
            type,
            sdp: sdp.split('\r\n').flatMap(redirected).join('\r\n'),
          });
        }
      };
    }, Object.fromEntries(this.#ports));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => new Promise<void>((resolve) => socket.close(resolve))));
  }

  async #listen(target: number): Promise<number> {
    const front = await this.#bind();
    const backs = new Map<string, Promise<Socket>>();
    const backOf = async ({ address, port }: RemoteInfo): Promise<Socket> => {
      const back = await this.#bind();
      back.on('message', (packet) => {
        if (this.#open) front.send(packet, port, address);
      });
      return back;
    };
    front.on('message', (packet, from) => {
      if (!this.#open) return;
      // Browsers send from whatever address of the machine they please.
      const client = `${from.address}:${from.port}`;
      const back = backs.get(client) ?? backOf(from);
      backs.set(client, back);
      void back.then((socket) => socket.send(packet, target, host));
    });
    return front.address().port;
  }

  async #bind(): Promise<Socket> {
    const socket = createSocket('udp4');
    // A media node that is gone refuses what is sent to it, which is no failure of the relay.
    socket.on('error', () => undefined);
    this.#sockets.push(socket);
    await new Promise<void>((resolve) => socket.bind(0, host, resolve));
    return socket;
  }
}
