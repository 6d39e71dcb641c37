import type { NetworkInterfaceInfo } from 'node:os';
import { expect, it } from 'vitest';
import { chooseLanHost } from './lan-host.ts';

const address = (address: string, internal = false): NetworkInterfaceInfo => ({
  address,
  internal,
  family: 'IPv4',
  netmask: '255.255.255.0',
  mac: '00:00:00:00:00:00',
  cidr: null,
});
const loopback = { lo: [address('127.0.0.1', true)] };
const both = { ...loopback, docker0: [address('172.17.0.1')], wlan0: [address('192.168.1.20')] };
const by = (route: string | undefined) => async () => route;

it('takes the address of the route to the rest of the world, and names the others', async () => {
  expect(await chooseLanHost(undefined, both, by('192.168.1.20'))).toEqual({
    host: '192.168.1.20',
    listen: '192.168.1.20',
    others: ['172.17.0.1'],
  });
});

it('takes what there is without a route', async () => {
  expect((await chooseLanHost(undefined, both, by(undefined))).host).toBe('172.17.0.1');
});

it('takes what it is told: an own address, another machine’s, or a name', async () => {
  const told = async (host: string) => chooseLanHost(host, both, by('192.168.1.20'));
  expect(await told('172.17.0.1')).toMatchObject({ host: '172.17.0.1', listen: '172.17.0.1' });
  expect(await told('10.0.0.5')).toMatchObject({ host: '10.0.0.5', listen: '0.0.0.0' });
  expect(await told('meet.lan')).toMatchObject({ host: 'meet.lan', listen: '0.0.0.0' });
});

it('says what to do where there is no address, or a host that is none', async () => {
  await expect(chooseLanHost(undefined, loopback, by('127.0.0.1'))).rejects.toThrow('--host ADDRESS');
  for (const host of ['https://meet.lan', 'a b', '999.1.1.1', '::1']) {
    await expect(chooseLanHost(host, both, by(undefined))).rejects.toThrow(
      'neither an IPv4 address nor a name',
    );
  }
});
