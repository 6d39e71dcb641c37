// Prints HAProxy's configuration for containers: the masters are those that Docker's name server knows.
import { renderHaproxyConfig } from '../../haproxy/render.ts';

process.stdout.write(
  renderHaproxyConfig({
    addresses: ['0.0.0.0'],
    port: 4443,
    masters: { name: 'master', host: 'master', port: 4501, slots: 8, nameServer: '127.0.0.11:53' },
  }),
);
