import { createSocket } from 'node:dgram';
import { isIP } from 'node:net';
import { type NetworkInterfaceInfo, networkInterfaces } from 'node:os';
import { LaunchError } from '../system/launch-error.ts';

/** How other machines reach this one. */
export interface LanHost {
  /** Address or name that they use. */
  host: string;
  /** Address of this machine to listen on: the same, or all where the host is another machine's that hands on to this one. */
  listen: string;
  /** Further addresses that could have been meant. */
  others: string[];
}

type Interfaces = NodeJS.Dict<NetworkInterfaceInfo[]>;

/**
 * Chooses the address: as told, else that of the route to the rest of the world.
 *
 * @param wanted - `--host`: an address or a name
 * @throws LaunchError `SETTING_INVALID` if it is none, or there is nothing to choose
 */
export async function chooseLanHost(
  wanted: string | undefined,
  interfaces: Interfaces = networkInterfaces(),
  routed: () => Promise<string | undefined> = routedAddress,
): Promise<LanHost> {
  const own = Object.values(interfaces)
    .flatMap((list) => list ?? [])
    .filter(({ family, internal }) => family === 'IPv4' && !internal)
    .map(({ address }) => address);
  if (wanted !== undefined) {
    if (isIP(wanted) !== 4 && !/^(?=.*[a-z])[a-z\d]([a-z\d.-]*[a-z\d])?$/i.test(wanted)) {
      throw new LaunchError('SETTING_INVALID', `--host ${wanted} is neither an IPv4 address nor a name.`);
    }
    return { host: wanted, listen: own.includes(wanted) ? wanted : '0.0.0.0', others: [] };
  }
  const route = await routed();
  const host = route !== undefined && own.includes(route) ? route : own[0];
  if (host === undefined) {
    throw new LaunchError(
      'SETTING_INVALID',
      'This machine has no address in a network: connect it, or say how others reach it, --host ADDRESS.',
    );
  }
  return { host, listen: host, others: own.filter((address) => address !== host) };
}

/** The address that the kernel would send from to the rest of the world. Nothing is sent: it is one for documentation. */
function routedAddress(): Promise<string | undefined> {
  return new Promise((resolve) => {
    const socket = createSocket('udp4');
    const finish = (address: string | undefined): void => {
      socket.close();
      resolve(address);
    };
    socket.once('error', () => finish(undefined));
    socket.connect(9, '203.0.113.1', () => finish(socket.address().address));
  });
}
