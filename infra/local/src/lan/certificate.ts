import { createPrivateKey, X509Certificate } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname } from 'node:path';
import { generate } from 'selfsigned';
import { LaunchError } from '../system/launch-error.ts';

/** Days that an own certificate is good for; telephones take none that is good for more than 825. */
const DAYS = 365;
/** Milliseconds before its end at which an own certificate is made anew. */
const RENEW_MS = 7 * 24 * 3_600_000;
const KEY_BITS = 2048;

/** A certificate that somebody has; both are paths of PEM files. */
export interface GivenCertificate {
  certFile: string;
  keyFile: string;
}

/**
 * The certificate for a host in one PEM file, as HAProxy wants it: the given one, or an own that was made here and is made
 * anew when it doesn't name the host or ends soon.
 *
 * @returns Path of the file, which nobody else may read.
 * @throws LaunchError `SETTING_INVALID` for a given one that can't be read, isn't one, or is for another host or key
 */
export async function ensureCertificate(options: {
  host: string;
  /** Where it is kept. */
  file: string;
  given: GivenCertificate | undefined;
  now?: number;
}): Promise<string> {
  const { host, file, given, now = Date.now() } = options;
  await mkdir(dirname(file), { recursive: true });
  if (given) await write(file, await readGiven(given, host));
  else if (!(await isGood(file, host, now))) await write(file, await make(host, now));
  return file;
}

/** Whether a certificate is for a host. */
export function covers(certificate: X509Certificate, host: string): boolean {
  return (isIP(host) ? certificate.checkIP(host) : certificate.checkHost(host)) !== undefined;
}

async function isGood(file: string, host: string, now: number): Promise<boolean> {
  try {
    const certificate = new X509Certificate(await readFile(file));
    return covers(certificate, host) && certificate.validToDate.getTime() - now > RENEW_MS;
  } catch {
    // None yet, or none that can be read: it is made.
    return false;
  }
}

async function make(host: string, now: number): Promise<string> {
  const name = isIP(host) ? ({ type: 7, ip: host } as const) : ({ type: 2, value: host } as const);
  const { cert, private: key } = await generate([{ name: 'commonName', value: host }], {
    keySize: KEY_BITS,
    algorithm: 'sha256',
    notBeforeDate: new Date(now - 3_600_000),
    notAfterDate: new Date(now + DAYS * 24 * 3_600_000),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [name, { type: 2, value: 'localhost' }, { type: 7, ip: '127.0.0.1' }],
      },
    ],
  });
  return `${cert.trim()}\n${key.trim()}\n`;
}

async function readGiven({ certFile, keyFile }: GivenCertificate, host: string): Promise<string> {
  try {
    const [cert, key] = await Promise.all([readFile(certFile, 'utf8'), readFile(keyFile, 'utf8')]);
    const certificate = new X509Certificate(cert);
    if (!certificate.checkPrivateKey(createPrivateKey(key))) throw new Error('the key is another one’s');
    const names = certificate.subjectAltName ?? 'nobody';
    if (!covers(certificate, host)) throw new Error(`it is for ${names}, not for ${host}`);
    return `${cert.trim()}\n${key.trim()}\n`;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new LaunchError(
      'SETTING_INVALID',
      `LAN_CERT_FILE, LAN_KEY_FILE: this certificate can't be used: ${why}.`,
      {
        cause,
      },
    );
  }
}

async function write(file: string, pem: string): Promise<void> {
  await writeFile(file, pem, { mode: 0o600 });
}
