import { expect } from '@playwright/test';
import { OpenVidu } from 'openvidu-node-client';
import { environment, newRoom } from '../support/environment.js';
import { test } from '../support/people.js';

const { apiUrl, masters, secret } = environment;

test('a session is made once, whoever asks and however often, and ends when it is closed', async () => {
  const backend = new OpenVidu(apiUrl, secret);
  const customSessionId = newRoom();
  const session = await backend.createSession({ customSessionId });
  expect(session.sessionId).toBe(customSessionId);
  const again = await backend.createSession({ customSessionId });
  expect(again.createdAt).toBe(session.createdAt);
  for (const master of masters) {
    const direct = new OpenVidu(master, secret);
    await direct.fetch();
    expect(direct.activeSessions.map(({ sessionId }) => sessionId)).toContain(customSessionId);
  }

  const connection = await session.createConnection({ data: 'of the backend' });
  expect(connection.status).toBe('pending');
  expect(connection.token).toContain(`sessionId=${customSessionId}`);
  expect(await session.fetch()).toBe(true);
  expect(session.connections.map(({ connectionId }) => connectionId)).toEqual([connection.connectionId]);
  expect(session.activeConnections).toEqual([]);

  await session.close();
  await expect(again.fetch()).rejects.toThrow('404');
});

test('a backend sees who is inside and what they send, and may remove them', async ({ people }) => {
  const room = newRoom();
  const ann = await people.enter(room, 'ann');
  const bob = await people.enter(room, 'bob');
  await ann.receives({ audio: 1, video: 1 });
  const backend = new OpenVidu(apiUrl, secret);
  await backend.fetch();
  const session = backend.activeSessions.find(({ sessionId }) => sessionId === room);
  expect(session?.activeConnections).toHaveLength(2);
  const stream = await ann.tileOf('bob').getAttribute('data-stream-id');
  const bobs = session?.activeConnections.find(({ publishers }) => publishers[0]?.streamId === stream);
  expect(bobs?.publishers).toMatchObject([{ hasAudio: true, hasVideo: true, audioActive: true }]);

  await bob.control('toggle-video').click();
  await expect(ann.tileOf('bob')).toHaveAttribute('data-video', 'false');
  await session?.fetch();
  expect(bobs?.publishers).toMatchObject([{ hasVideo: true, videoActive: false }]);

  await session?.forceDisconnect(bobs?.connectionId ?? '');
  await expect(bob.page.getByTestId('room')).toContainText('You were removed');
  await expect(ann.remoteTiles).toHaveCount(0);

  await session?.close();
  await expect(ann.page.getByTestId('room')).toContainText('The room was closed');
});
