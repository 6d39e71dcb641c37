import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, it, onTestFinished } from 'vitest';
import { ensureCertificate } from './certificate.ts';

const day = 24 * 3_600_000;
let file: string;
beforeEach(() => {
  const dir = mkdtempSync(join(tmpdir(), 'evercall-certificate-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  file = join(dir, 'lan.pem');
});
const own = async (host: string, now = Date.now()) => {
  await ensureCertificate({ host, file, given: undefined, now });
  return new X509Certificate(readFileSync(file));
};

it('makes one for an address or a name that only its owner can read', async () => {
  expect((await own('192.168.1.20')).checkIP('192.168.1.20')).toBe('192.168.1.20');
  expect((await own('meet.lan')).checkHost('meet.lan')).toBe('meet.lan');
  expect(readFileSync(file, 'utf8')).toContain('PRIVATE KEY');
  expect(statSync(file).mode & 0o077).toBe(0);
});

it('keeps it, so that browsers which took it once take it again, until the host is another or it ends', async () => {
  const { serialNumber } = await own('192.168.1.20');
  expect((await own('192.168.1.20')).serialNumber).toBe(serialNumber);
  expect((await own('192.168.1.20', Date.now() + 350 * day)).serialNumber).toBe(serialNumber);
  const renewed = await own('192.168.1.20', Date.now() + 360 * day);
  expect(renewed.serialNumber).not.toBe(serialNumber);
  expect((await own('192.168.1.21')).checkIP('192.168.1.21')).toBeTruthy();
});

it('takes a given one, and says what is wrong with it', async () => {
  const pem = async (host: string) => {
    await own(host);
    return readFileSync(file, 'utf8');
  };
  const given = { certFile: `${file}.crt`, keyFile: `${file}.key` };
  const use = async (host: string) => ensureCertificate({ host, file, given });
  const mine = await pem('meet.lan');
  writeFileSync(given.certFile, mine.slice(0, mine.indexOf('-----BEGIN PRIVATE')));
  await expect(use('meet.lan')).rejects.toThrow(/LAN_CERT_FILE.*ENOENT/);
  writeFileSync(given.keyFile, mine.slice(mine.indexOf('-----BEGIN PRIVATE')));
  await use('meet.lan');
  expect(readFileSync(file, 'utf8')).toBe(mine);
  await expect(use('other.lan')).rejects.toThrow('not for other.lan');
  const theirs = await pem('192.168.1.99');
  writeFileSync(given.keyFile, theirs.slice(theirs.indexOf('-----BEGIN PRIVATE')));
  await expect(use('meet.lan')).rejects.toThrow('the key is another');
});
