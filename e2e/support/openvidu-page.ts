import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A page as one writes it for OpenVidu 2, but for the script that it loads. It connects with the token behind `#`. */
const html = `<!doctype html><meta charset="utf-8"><title>page</title><div id="videos"></div><ol id="log"></ol>
<script src="/sdk.js"></script>
<script>
function log(text) {
  var line = document.createElement('li');
  line.textContent = text;
  document.getElementById('log').append(line);
}
var OV = new OpenVidu();
var session = OV.initSession();
session.on('connectionCreated', function (event) {
  if (event.connection.connectionId !== session.connection.connectionId) {
    log('connectionCreated ' + event.connection.data);
  }
});
session.on('streamCreated', function (event) {
  log('streamCreated');
  session.subscribe(event.stream, 'videos');
});
session.on('streamDestroyed', function (event) { log('streamDestroyed ' + event.reason); });
session.on('connectionDestroyed', function (event) { log('connectionDestroyed ' + event.reason); });
session.on('sessionDisconnected', function (event) { log('sessionDisconnected ' + event.reason); });
session.on('signal:chat', function (event) { log('signal ' + event.data); });
session.connect(decodeURIComponent(location.hash.slice(1)), 'of the page')
  .then(function () {
    log('connected');
    var publisher = OV.initPublisher('videos', { resolution: '320x240' }, function (error) {
      if (error) log('no publisher: ' + error.name);
    });
    return session.publish(publisher);
  })
  .then(function () { log('published'); })
  .catch(function (error) { log('refused ' + error.name + ': ' + error.message); });
</script>`;

/** Serves the page and the SDK as one script file, at an address of their own. */
export class OpenViduPageServer implements AsyncDisposable {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  static async start(): Promise<OpenViduPageServer> {
    const sdk = readFileSync(new URL('../../packages/client/dist/evercall.global.js', import.meta.url));
    const server = createServer((request, response) => {
      const [type, body] = request.url === '/sdk.js' ? ['text/javascript', sdk] : ['text/html', html];
      response.writeHead(200, { 'content-type': type }).end(body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return new OpenViduPageServer(server);
  }

  /** Address at which the page connects with this token. */
  url(token: string): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://localhost:${port}/#${encodeURIComponent(token)}`;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await new Promise((resolve) => {
      this.#server.close(resolve);
      this.#server.closeAllConnections();
    });
  }
}
