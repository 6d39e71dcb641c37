import { expect, it } from 'vitest';
import { announcement } from './announcement.ts';

const loadBalancer = 'http://localhost:4443';
const lan = {
  host: '192.168.1.20',
  listen: '192.168.1.20',
  port: 8443,
  certificate: '/tmp/lan.pem',
  rest: false,
  others: ['172.17.0.1'],
};

it('names the page and where REST is', () => {
  const text = announcement({ tutorial: 'http://localhost:5080', loadBalancer, lan: undefined }).join('\n');
  expect(text).toContain('Open           http://localhost:5080');
  expect(text).toContain(loadBalancer);
  expect(text).not.toContain('█');
});

it('shows telephones a code, and says what is to be known of the network', () => {
  const tutorial = 'https://192.168.1.20:8443';
  const text = announcement({ tutorial, loadBalancer, lan }).join('\n');
  expect(text).toContain('█');
  expect(text).toContain('Other addresses of this machine: 172.17.0.1');
  expect(text).toContain('REST API stays on this machine');
  const safe = announcement({ tutorial, loadBalancer, lan: { ...lan, rest: true, others: [] } }).join('\n');
  expect(safe).not.toContain('stays on this machine');
  expect(safe).not.toContain('Other addresses');
});
