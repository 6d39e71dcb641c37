/** What HAProxy is to do. */
export interface HaproxyOptions {
  /** Addresses of this machine that it listens on, IPv4 or IPv6. */
  addresses: readonly string[];
  port: number;
  /** The masters it spreads clients and requests over. */
  masters: readonly { name: string; host: string; port: number }[];
}

/**
 * HAProxy's configuration in front of the masters; README.md says why each line is as it is.
 *
 * @throws RangeError for a name that isn't a plain word: it would change the meaning of the file.
 */
export function renderHaproxyConfig({ addresses, port, masters }: HaproxyOptions): string {
  for (const { name } of masters) {
    const isWord = /^[\w.-]+$/.test(name);
    if (!isWord) throw new RangeError(`${JSON.stringify(name)} can't name a server of HAProxy`);
  }
  const binds = addresses.map((address) => `  bind ${endpoint(address, port)}`);
  const servers = masters.map((master) => `  server ${master.name} ${endpoint(master.host, master.port)}`);
  return `${head}
frontend clients
${binds.join('\n')}
${frontend}
backend masters
${backend}
${servers.join('\n')}
`;
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
  timeout connect 500ms
  timeout http-request 10s
  timeout http-keep-alive 30s
  timeout queue 2s
  timeout client 65s
  timeout server 30s
  timeout tunnel 1h
  timeout client-fin 5s
  timeout server-fin 5s
  retries 2
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
  default-server check inter 500ms fastinter 150ms downinter 500ms fall 2 rise 2
  default-server observe layer4 error-limit 2 on-error mark-down
  default-server on-marked-down shutdown-sessions slowstart 2s weight 100`;
