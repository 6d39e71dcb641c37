import { join } from 'node:path';
import type { Lan } from '../cluster/plan.ts';
import type { Settings } from '../settings.ts';
import { LaunchError } from '../system/launch-error.ts';
import { requireFree } from '../system/ports.ts';
import { ensureCertificate, type GivenCertificate } from './certificate.ts';
import { chooseLanHost, type LanHost } from './lan-host.ts';

/** Everybody can read it in this repository. */
const developmentSecret = 'MY_SECRET';

/**
 * Gets ready for other machines: an address, a port, a certificate.
 *
 * @param options.host - `--host`
 * @param options.dir - Where an own certificate is kept.
 * @throws LaunchError `SETTING_INVALID`, `PORT_BUSY`
 */
export async function prepareLan(
  settings: Settings,
  { host: wanted, dir }: { host: string | undefined; dir: string },
): Promise<Lan & Pick<LanHost, 'others'>> {
  const { LAN_PORT: port, OPENVIDU_SECRET } = settings;
  const { host, listen, others } = await chooseLanHost(wanted);
  await requireFree(port, 'LAN_PORT', [listen]);
  const file = join(dir, 'lan.pem');
  const certificate = await ensureCertificate({ host, file, given: givenCertificate(settings) });
  return { host, listen, others, port, certificate, rest: OPENVIDU_SECRET !== developmentSecret };
}

function givenCertificate({ LAN_CERT_FILE, LAN_KEY_FILE }: Settings): GivenCertificate | undefined {
  if (LAN_CERT_FILE === undefined && LAN_KEY_FILE === undefined) return undefined;
  if (LAN_CERT_FILE !== undefined && LAN_KEY_FILE !== undefined) {
    return { certFile: LAN_CERT_FILE, keyFile: LAN_KEY_FILE };
  }
  throw new LaunchError('SETTING_INVALID', 'LAN_CERT_FILE and LAN_KEY_FILE need each other: set both.');
}
