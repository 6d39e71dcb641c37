import { OpenViduError, OpenViduErrorName } from '@evercall/client';
import { expect, it } from 'vitest';
import { BackendError } from '../backend/backend-error.js';
import { messages } from '../messages.js';
import { failureNotice } from './failure-notice.js';

it('finds what the backend said, however deep it lies', () => {
  const closed = new BackendError('ROOM_CLOSED', 'closed', { status: 409 });
  expect(failureNotice(closed)).toBe(messages.failed.roomClosed);
  expect(failureNotice(new Error('no token', { cause: closed }))).toBe(messages.failed.roomClosed);
});

it('tells what the user can do something about', () => {
  const old = new OpenViduError(OpenViduErrorName.BROWSER_NOT_SUPPORTED, 'no WebRTC');
  expect(failureNotice(old)).toBe(messages.failed.browser);
  const full = new OpenViduError(OpenViduErrorName.GENERIC_ERROR, 'full', { code: 'NO_MEDIA_NODE' });
  expect(failureNotice(full)).toBe(messages.failed.noMediaNode);
});

it('has a word for everything else', () => {
  expect(failureNotice(new Error('x'))).toBe(messages.failed.other);
  expect(failureNotice(undefined)).toBe(messages.failed.other);
});
