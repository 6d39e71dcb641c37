import { renderUnicodeCompact } from 'uqr';
import type { Lan } from '../cluster/plan.ts';
import type { LanHost } from '../lan/lan-host.ts';

/** What is announced when everything is ready. */
export interface Announced {
  /** Where the page is. */
  tutorial: string;
  loadBalancer: string;
  lan: (Lan & Pick<LanHost, 'others'>) | undefined;
}

/** The lines that are printed when everything is ready. */
export function announcement({ tutorial, loadBalancer, lan }: Announced): string[] {
  return [
    '',
    `  Open           ${tutorial}`,
    ...(lan ? lanLines(tutorial, lan) : []),
    `  REST, sockets  ${loadBalancer}   (user OPENVIDUAPP, password: OPENVIDU_SECRET)`,
    '',
    '  npm run status shows the nodes, npm run scale and npm run roll change them, npm run stop ends them;',
    '  logs are in .evercall/logs.',
    '',
  ];
}

function lanLines(address: string, { others, rest, listen, host }: NonNullable<Announced['lan']>): string[] {
  const hints = [
    'on this machine and on every other one of the network. Browsers warn of the certificate, which was made here: go on.',
    ...(others.length > 0 ? [`Other addresses of this machine: ${others.join(', ')}; --host chooses.`] : []),
    ...(listen === host ? [] : [`${host} must lead here: TCP of that port, and UDP and TCP of media.`]),
    ...(rest ? [] : ['The REST API stays on this machine while OPENVIDU_SECRET is the default.']),
  ];
  const code = renderUnicodeCompact(address, { border: 2 }).split('\n');
  return [...hints.map((hint) => `                 ${hint}`), '', ...code.map((line) => `  ${line}`), ''];
}
