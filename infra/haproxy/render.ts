/** One master at a fixed address. */
export interface MasterServer {
  name: string;
  host: string;
  port: number;
}

/** Masters that come and go: all addresses that a name server knows for one name. */
export interface DiscoveredMasters {
  /** First part of their names in HAProxy, a number follows. */
  name: string;
  /** The name that stands for all of them. */
  host: string;
  port: number;
  /** So many are used at most. */
  slots: number;
  /** `address:port` of the name server. */
  nameServer: string;
}

/** One HTTPS origin for everything that browsers of other machines need: page, backend and sockets. */
export interface HttpsOrigin {
  /** Address of this machine that it listens on. */
  address: string;
  port: number;
  /** PEM file with certificate and key. */
  certificate: string;
  /** Whether the REST API is reached there as well; else it is refused with 403. */
  rest: boolean;
  /** The application's backend: everything below `/api/`. */
  backend: { host: string; port: number };
  /** The page: everything else. */
  page: { host: string; port: number };
}

/** What HAProxy is to do. */
export interface HaproxyOptions {
  /** Addresses of this machine that it listens on, IPv4 or IPv6. */
  addresses: readonly string[];
  port: number;
  /** The masters it spreads clients and requests over. */
  masters: readonly MasterServer[] | DiscoveredMasters;
  /** Default: none. */
  origin?: HttpsOrigin | undefined;
}

/**
 * HAProxy's configuration in front of the masters; README.md says why each line is as it is.
 *
 * @throws RangeError for a name or an address that isn't a plain one: it would change the meaning of the file.
 */
export function renderHaproxyConfig({ addresses, port, masters, origin }: HaproxyOptions): string {
  const binds = addresses.map((address) => `  bind ${endpoint(address, port)}`);
  const discovered = 'slots' in masters;
  return `${head}${discovered ? resolvers(masters) : ''}
frontend clients
${binds.join('\n')}
${frontend}${origin ? httpsOrigin(origin) : ''}
backend masters
${backend}
${discovered ? template(masters) : masters.map(server).join('\n')}
`;
}

function httpsOrigin({ address, port, certificate, rest, backend: app, page }: HttpsOrigin): string {
  return `
frontend origin
  bind ${endpoint(address, port)} ssl crt ${path(certificate)} alpn http/1.1
${frontend}  http-request set-header X-Forwarded-Proto https
  acl sockets path_beg /evercall/
  acl rest path_beg /openvidu/ /cluster/
${rest ? '' : '  http-request deny deny_status 403 if rest\n'}  use_backend backend if { path_beg /api/ }
  use_backend page unless sockets or rest

backend backend
  server backend ${endpoint(app.host, app.port)}

backend page
  server page ${endpoint(page.host, page.port)}
`;
}

function server({ name, host, port }: MasterServer): string {
  return `  server ${word(name)} ${endpoint(host, port)}`;
}

function template({ name, host, port, slots }: DiscoveredMasters): string {
  const address = endpoint(host, port);
  return `  server-template ${word(name)}- ${slots} ${address} resolvers masters resolve-prefer ipv4 init-addr none`;
}

function resolvers({ nameServer }: DiscoveredMasters): string {
  if (!/^[\w.:[\]-]+$/.test(nameServer)) throw new RangeError(`${JSON.stringify(nameServer)} is no address`);
  const holds = ['obsolete', 'nx', 'other', 'refused', 'timeout'].map((answer) => `  hold ${answer} 1s\n`);
  return `
resolvers masters
  nameserver dns ${nameServer}
  resolve_retries 3
  timeout resolve 500ms
  timeout retry 500ms
  hold valid 500ms
${holds.join('')}`;
}

function word(name: string): string {
  if (/^[\w.-]+$/.test(name)) return name;
  throw new RangeError(`${JSON.stringify(name)} can't name a server of HAProxy`);
}

function path(file: string): string {
  if (/^[^\s"'\\#]+$/.test(file)) return file;
  throw new RangeError(`HAProxy can't read a file named ${JSON.stringify(file)}`);
}

function endpoint(host: string, port: number): string {
  if (!/^[\w.:*-]+$/.test(host)) throw new RangeError(`${JSON.stringify(host)} is no address`);
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

const head = `global
  maxconn 4000
  hard-stop-after 30s
  log stdout format raw local0 info

defaults
  mode http
  log global
  option dontlognull
  timeout connect 100ms
  timeout http-request 10s
  timeout http-keep-alive 30s
  timeout queue 2s
  timeout client 65s
  timeout server 30s
  timeout tunnel 1h
  timeout client-fin 5s
  timeout server-fin 5s
  retries 8
  option redispatch 1
  retry-on conn-failure
`;

const logFields = [
  '"time":%Ts%ms',
  '"client":"%ci:%cp"',
  '"server":"%s"',
  '"method":"%HM"',
  '"path":"%[var(txn.path),json(utf8s)]"',
  '"status":%ST',
  '"ms":%Ta',
  '"end":"%tsc"',
];

const frontend = `  option forwardfor
  option httpclose
  http-request set-var(txn.path) path
  log-format '{${logFields.join(',')}}'
  default_backend masters
`;

const backend = `  balance leastconn
  option httpchk
  http-check send meth GET uri /health/ready ver HTTP/1.1 hdr Host load-balancer
  http-check disable-on-404
  timeout check 800ms
  default-server check inter 300ms fastinter 50ms downinter 300ms fall 2 rise 2
  default-server observe layer4 error-limit 2 on-error mark-down
  default-server on-marked-down shutdown-sessions slowstart 2s weight 100`;
