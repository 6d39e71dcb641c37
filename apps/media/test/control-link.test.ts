import { controlKey, mediaProtocolVersion } from '@evercall/media-protocol';
import { MediaNodeId } from '@evercall/protocol';
import { eventually } from '@evercall/testing';
import { describe, expect, it } from 'vitest';
import { alice, aliceStream, legOf, publishAlice } from './support/alice.js';
import { TestMaster } from './support/test-master.js';
import { secret, startTestNode } from './support/test-node.js';

const leg = legOf('Links');

describe('a control link', () => {
  it('is refused to who hasn’t the key, expects another incarnation or speaks another protocol', async () => {
    await using node = await startTestNode();
    const mediaNodeId = node.identity.id;
    await expect(TestMaster.open(node, { key: controlKey('wrong') })).rejects.toMatchObject({
      data: { code: 'KEY_WRONG' },
    });
    await expect(
      TestMaster.open(node, { mediaNodeId: MediaNodeId.parse('media_Other000') }),
    ).rejects.toMatchObject({ data: { code: 'OTHER_INCARNATION', mediaNodeId } });
    await expect(TestMaster.open(node, { protocol: mediaProtocolVersion + 1 })).rejects.toMatchObject({
      data: { code: 'PROTOCOL_UNSUPPORTED', mediaNodeId },
    });
  });

  it('starts with what every router of the node can forward', async () => {
    await using node = await startTestNode({ env: { MEDIA_WORKERS: '2' } });
    await using master = await TestMaster.open(node);
    const hello = await master.hello.next();
    for (const worker of [0, 1]) {
      await expect(master.command(legOf(`On${worker}`), 'openSession', { worker })).resolves.toEqual({
        worker,
        ...hello,
      });
    }
  });

  it('that closes closes no media', async () => {
    await using node = await startTestNode();
    {
      await using first = await TestMaster.open(node);
      await publishAlice(first, leg);
    }
    await node.log.next(({ msg }) => msg === 'control link closed');
    await using second = await TestMaster.open(node);
    const { legs } = await second.inventory();
    expect(legs[0]?.streams[0]?.kinds).toEqual(['audio', 'video']);
    await second.command(leg, 'closeStream', { streamId: aliceStream });
  });

  it('that closes in the middle of a batch doesn’t stop the batch', async () => {
    await using node = await startTestNode();
    const first = await TestMaster.open(node);
    const answers = publishAlice(first, leg).catch((error: unknown) => error);
    await node.log.next(({ msg }) => msg === 'leg opened');
    await first[Symbol.asyncDispose]();
    await using second = await TestMaster.open(node);
    await expect(second.command(leg, 'openSession', {})).resolves.toMatchObject({ worker: 0 });
    await answers;
  });

  it('ends when a message is too large, and media goes on', async () => {
    await using node = await startTestNode();
    await using first = await TestMaster.open(node);
    await publishAlice(first, leg);
    const large = first.raw({ text: 'x'.repeat(300 * 1024) }).catch(() => 'no answer');
    await node.log.next(({ msg }) => msg === 'control link closed');
    await using second = await TestMaster.open(node);
    expect((await second.inventory()).legs).toHaveLength(1);
    await first[Symbol.asyncDispose]();
    await expect(large).resolves.toBe('no answer');
  });

  it('is missed for the whole orphan grace before media is closed', async () => {
    await using node = await startTestNode({ env: { EVERCALL_ORPHAN_GRACE_MS: '1000' } });
    {
      await using first = await TestMaster.open(node);
      await publishAlice(first, leg);
    }
    await node.log.next(({ msg, cause }) => msg === 'leg closed' && cause === 'orphaned');
    await using second = await TestMaster.open(node);
    expect((await second.inventory()).legs).toEqual([]);
    await expect(second.refusal(leg, 'openSession', {})).resolves.toBe('LEG_CLOSED');
  });

  it('shows the same inventory as HTTP, to who has the secret', async () => {
    await using node = await startTestNode();
    await using master = await TestMaster.open(node);
    await publishAlice(master, leg);
    const get = (user: string) =>
      fetch(`${node.url}/cluster/inventory`, {
        headers: { authorization: `Basic ${Buffer.from(user).toString('base64')}` },
      });
    expect((await get('OPENVIDUAPP:wrong')).status).toBe(401);
    const shown = await (await get(`OPENVIDUAPP:${secret}`)).json();
    expect(shown).toMatchObject({ mediaNodeId: node.identity.id, legs: [{ leg }] });
  });

  it('hears no failure of transports that masters close themselves', async () => {
    await using node = await startTestNode();
    await using master = await TestMaster.open(node);
    await publishAlice(master, leg);
    await master.command(leg, 'openTransport', { connectionId: alice, direction: 'send', renew: true });
    await master.command(leg, 'closeSession', {});
    await eventually(async () => (await master.inventory()).legs.length === 0);
    expect(master.transportFailed.all()).toEqual([]);
  });
});
