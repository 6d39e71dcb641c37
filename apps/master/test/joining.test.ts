import { SessionId } from '@evercall/protocol';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TestCluster } from './support/cluster.js';
import { sessionProperties } from './support/properties.js';
import { ids, TestClient } from './support/test-client.js';

let cluster: TestCluster;
beforeAll(async () => {
  cluster = await TestCluster.start();
});
afterAll(async () => cluster[Symbol.asyncDispose]());

async function join(sessionId: string, master: number) {
  return TestClient.join(cluster.master(master).url, await cluster.token(sessionId));
}

describe('a session over two masters', () => {
  it('is created once when two masters are asked at the same moment', async () => {
    const outcomes = await Promise.all(
      [0, 1].map((n) => cluster.master(n).sessions.create(sessionProperties('twice'))),
    );
    expect(outcomes.filter((outcome) => outcome === 'exists')).toHaveLength(1);
  });

  it('lets people see each other whichever master they are on', async () => {
    await cluster.createSession('both');
    const ann = await join('both', 0);
    const bob = await join('both', 1);
    expect(bob.joined.snapshot.connections.map(({ connectionId }) => connectionId)).toEqual([
      ann.connectionId,
    ]);
    expect((await ann.event('connectionCreated')).connection.connectionId).toBe(bob.connectionId);
    const stream = await bob.publish();
    expect((await ann.event('streamCreated')).stream).toEqual(stream);
    const { consumers } = await ann.subscribe(stream.streamId);
    expect(consumers.map(({ kind }) => kind).toSorted()).toEqual(['audio', 'video']);
    const late = await join('both', 0);
    expect(late.joined.snapshot.connections[1]?.streams).toEqual([stream]);
    expect(late.joined.media.consumers).toHaveLength(2);
    await bob.ask('leave', {});
    expect(await ann.event('connectionDestroyed')).toMatchObject({
      connectionId: bob.connectionId,
      reason: 'disconnect',
    });
    expect(await late.event('connectionDestroyed')).toMatchObject({ connectionId: bob.connectionId });
    for (const client of [ann, bob, late]) client.close();
  });

  it('has one router and loses or doubles no event when many join at once', async () => {
    await cluster.createSession('crowd');
    const tokens = await Promise.all(Array.from({ length: 8 }, async () => cluster.token('crowd')));
    const clients = await Promise.all(
      tokens.map(async (token, index) => TestClient.join(cluster.master(index).url, token)),
    );
    const everyone = new Set(clients.map(({ connectionId }) => connectionId));
    for (const client of clients) {
      const known = client.joined.snapshot.connections.map(({ connectionId }) => connectionId);
      while (known.length < everyone.size - 1) {
        known.push((await client.event('connectionCreated')).connection.connectionId);
      }
      expect(new Set([...known, client.connectionId])).toEqual(everyone);
      expect(client.joined.media).toMatchObject({
        generation: 1,
        mediaNodeId: clients[0]?.joined.media.mediaNodeId,
      });
    }
    expect(new Set(clients.map(({ joined }) => joined.media.send.id)).size).toBe(clients.length);
    for (const client of clients) client.close();
  });

  it('ends with its last participant, and its media with it', async () => {
    await cluster.createSession('last');
    const ann = await join('last', 0);
    await ann.ask('leave', {});
    expect(await cluster.master(1).sessions.get(SessionId.parse('last'))).toBeUndefined();
    await cluster.createSession('last');
    const again = await join('last', 1);
    expect(again.joined.snapshot.life).toBe(2);
    again.close();
  });

  it('carries signals to everybody, or to those who are named', async () => {
    await cluster.createSession('signals');
    const [ann, bob, cyd] = [await join('signals', 0), await join('signals', 1), await join('signals', 0)];
    await ann.ask('signal', { type: 'chat', data: 'hi', to: [] });
    for (const client of [ann, bob, cyd]) {
      expect(await client.event('signal')).toMatchObject({
        signalType: 'signal:chat',
        data: 'hi',
        from: ann.connectionId,
      });
    }
    await cyd.ask('signal', { type: '', data: 'you', to: [bob.connectionId] });
    expect(await bob.event('signal')).toMatchObject({ signalType: 'signal', data: 'you' });
    await cyd.ask('signal', { type: 'end', data: '', to: [] });
    await ann.event('signal');
    expect(ann.seen('signal').map((event) => 'data' in event && event.data)).toEqual(['hi', '']);
    for (const client of [ann, bob, cyd]) client.close();
  });

  it('tells a mute and the end of a stream', async () => {
    await cluster.createSession('mute');
    const [ann, bob] = [await join('mute', 0), await join('mute', 1)];
    const { streamId } = await ann.publish();
    await ann.ask('setTrackActive', { streamId, kind: 'video', active: false, reason: 'publishVideo' });
    expect(await bob.event('streamPropertyChanged')).toMatchObject({
      changedProperty: 'videoActive',
      newValue: false,
    });
    await ann.ask('unpublish', { streamId });
    expect(await bob.event('streamDestroyed')).toMatchObject({ streamId, reason: 'unpublish' });
    ann.close();
    bob.close();
  });

  it('tells everybody when a backend closes it', async () => {
    await cluster.createSession('closed');
    const [ann, bob] = [await join('closed', 0), await join('closed', 1)];
    await cluster.master(0).sessions.close(SessionId.parse('closed'));
    for (const client of [ann, bob]) {
      expect(await client.ended.next()).toEqual({ reason: 'sessionClosedByServer' });
    }
  });
});

describe('connect', () => {
  it('takes a token once', async () => {
    await cluster.createSession('token');
    const token = await cluster.token('token');
    const ann = await TestClient.join(cluster.master(0).url, token);
    await expect(TestClient.join(cluster.master(1).url, token)).rejects.toMatchObject({
      error: { code: 'TOKEN_INVALID' },
    });
    ann.close();
  });

  it.each(['', 'nonsense', 'wss://localhost?sessionId=token&token=tok_A000000000000000'])(
    'refuses the token «%s»',
    async (token) => {
      await expect(TestClient.join(cluster.master(0).url, token)).rejects.toMatchObject({
        error: { code: 'TOKEN_INVALID' },
      });
    },
  );

  it('answers a repetition on another master with the same connection', async () => {
    await cluster.createSession('repeat');
    const token = await cluster.token('repeat');
    const requestId = ids.mutationId();
    const first = new TestClient(cluster.master(0).url);
    const { snapshot } = await first.connect(token, requestId);
    const second = new TestClient(cluster.master(1).url);
    const again = await second.connect(token, requestId);
    expect(again.snapshot.connection.connectionId).toBe(snapshot.connection.connectionId);
    expect(again.snapshot.connections).toEqual([]);
    for (const client of [first, second]) client.close();
  });

  it('refuses a protocol that is too far away, naming both', async () => {
    await cluster.createSession('protocol');
    const client = new TestClient(cluster.master(0).url);
    const params = {
      protocol: 99,
      token: await cluster.token('protocol'),
      clientData: '',
      platform: '',
      sdkVersion: '',
      capabilitiesHash: '',
      rtpCapabilities: {},
    };
    await expect(client.ask('connect', params)).rejects.toThrow(/PROTOCOL_UNSUPPORTED.*1.*99/);
    client.close();
  });
});

describe('bad input', () => {
  it('gets an error that names the field and changes nothing', async () => {
    await cluster.createSession('garbage');
    const [ann, bob] = [await join('garbage', 0), await join('garbage', 1)];
    expect(await ann.raw({ method: 'fly' })).toMatchObject({
      ok: false,
      error: { code: 'BAD_REQUEST', field: 'id' },
    });
    expect(await ann.raw('x')).toMatchObject({ ok: false, error: { code: 'BAD_REQUEST' } });
    expect(
      await ann.raw({ id: ids.mutationId(), method: 'signal', params: { type: 'x', data: 7, to: [] } }),
    ).toMatchObject({ error: { code: 'BAD_REQUEST', field: 'data' } });
    expect(
      await ann.raw({
        id: ids.mutationId(),
        method: 'signal',
        params: { type: 'x', data: 'x'.repeat(70_000), to: [] },
      }),
    ).toMatchObject({ error: { code: 'TOO_LARGE', field: 'data' } });
    const tracks = [{ kind: 'video' as const, rtpParameters: { codecs: 'none' } }];
    const options = { hasAudio: false, hasVideo: true };
    await expect(ann.publish({ options: { tracks, options } })).rejects.toMatchObject({
      error: { code: 'MEDIA_REFUSED' },
    });
    const stream = await bob.publish();
    expect((await ann.event('streamCreated')).stream).toEqual(stream);
    expect(bob.seen('streamCreated')).toEqual([]);
    for (const client of [ann, bob]) client.close();
  });

  it('ends the socket of who sends a message that is far too large, and nobody else notices', async () => {
    await cluster.createSession('huge');
    const [ann, bob] = [await join('huge', 0), await join('huge', 0)];
    const sent = ann.raw({ id: ids.mutationId(), method: 'signal', params: { data: 'x'.repeat(1_200_000) } });
    await expect(sent).rejects.toThrow('disconnected');
    await bob.ask('signal', { type: 'still', data: 'here', to: [] });
    expect(await bob.event('signal')).toMatchObject({ data: 'here' });
    await ann.resume(cluster.master(1).url);
    expect(bob.seen('connectionDestroyed')).toEqual([]);
    for (const client of [ann, bob]) client.close();
  });

  it('is refused before connect', async () => {
    const client = new TestClient(cluster.master(0).url);
    await expect(client.ask('leave', {})).rejects.toMatchObject({ error: { code: 'NOT_CONNECTED' } });
    client.close();
  });

  it('a subscriber may not publish, and nobody may end another without being a moderator', async () => {
    await cluster.createSession('roles');
    const ann = await join('roles', 0);
    const token = await cluster.token('roles', { role: 'SUBSCRIBER' });
    const sub = await TestClient.join(cluster.master(1).url, token);
    await expect(sub.publish()).rejects.toMatchObject({ error: { code: 'PERMISSION_DENIED' } });
    await expect(ann.ask('forceDisconnect', { connectionId: sub.connectionId })).rejects.toMatchObject({
      error: { code: 'PERMISSION_DENIED' },
    });
    for (const client of [ann, sub]) client.close();
  });
});
