import { OpenViduError, OpenViduErrorName } from '@evercall/client';
import { describe, expect, it } from 'vitest';
import { statusOfError } from './media-status.js';

const denied = new OpenViduError(OpenViduErrorName.DEVICE_ACCESS_DENIED, 'no');
const dismissed = new OpenViduError(OpenViduErrorName.DEVICE_ACCESS_DENIED, 'no', {
  cause: new DOMException('Permission dismissed', 'NotAllowedError'),
});

describe('statusOfError', () => {
  it.each([
    { error: denied, permission: 'denied', secureContext: true, status: 'denied' },
    { error: denied, permission: 'unknown', secureContext: true, status: 'denied' },
    { error: denied, permission: 'prompt', secureContext: true, status: 'dismissed' },
    { error: dismissed, permission: 'unknown', secureContext: true, status: 'dismissed' },
    { error: denied, permission: 'denied', secureContext: false, status: 'insecureContext' },
    { error: new Error('odd'), permission: 'granted', secureContext: true, status: 'failed' },
  ] as const)('$status: $permission, secure $secureContext', ({ error, status, ...facts }) => {
    expect(statusOfError(error, facts)).toBe(status);
  });

  it.each([
    { name: OpenViduErrorName.DEVICE_ALREADY_IN_USE, status: 'inUse' },
    { name: OpenViduErrorName.INPUT_AUDIO_DEVICE_NOT_FOUND, status: 'noDevice' },
    { name: OpenViduErrorName.INPUT_VIDEO_DEVICE_NOT_FOUND, status: 'noDevice' },
    { name: OpenViduErrorName.GENERIC_ERROR, status: 'failed' },
  ])('$status: $name', ({ name, status }) => {
    const error = new OpenViduError(name, '');
    expect(statusOfError(error, { permission: 'granted', secureContext: true })).toBe(status);
  });
});
