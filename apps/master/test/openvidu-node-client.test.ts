import { OpenVidu } from 'openvidu-node-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { secret, TestCluster } from './support/cluster.js';
import { TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
});
afterAll(async () => cluster[Symbol.asyncDispose]());

describe('openvidu-node-client, as it comes from npm', () => {
  it('creates, finds, watches and closes sessions', async () => {
    const [here, there] = [0, 1].map((n) => new OpenVidu(cluster.master(n).url, secret));
    const session = await here!.createSession({ customSessionId: 'stock' });
    expect(session.sessionId).toBe('stock');
    const same = await there!.createSession({ customSessionId: 'stock' });
    expect(same.sessionId).toBe('stock');

    const connection = await same.createConnection({ data: 'server', role: 'PUBLISHER' as never });
    expect(connection.status).toBe('pending');
    const ann = await TestClient.join(cluster.master(0).url, connection.token);
    await ann.publish();
    expect(await session.fetch()).toBe(true);
    expect(await session.fetch()).toBe(false);
    expect(session.activeConnections.map(({ connectionId }) => connectionId)).toEqual([
      connection.connectionId,
    ]);
    expect(session.activeConnections[0]?.publishers[0]).toMatchObject({ hasAudio: true, hasVideo: true });

    await session.forceDisconnect(connection.connectionId);
    expect(await ann.ended.next()).toEqual({ reason: 'forceDisconnectByServer' });
    const again = await here!.createSession({ customSessionId: 'stock' });
    await again.createConnection({});
    await again.close();
    await here!.fetch();
    expect(here!.activeSessions).toEqual([]);
  });
});
