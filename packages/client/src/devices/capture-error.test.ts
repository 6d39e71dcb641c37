import { describe, expect, it } from 'vitest';
import { captureError } from './capture-error.js';

const both = { what: 'devices', audio: true, video: true, present: { audio: true, video: true } } as const;

describe('captureError', () => {
  it.each([
    { error: 'NotAllowedError', attempt: both, name: 'DEVICE_ACCESS_DENIED' },
    {
      error: 'NotAllowedError',
      attempt: { ...both, what: 'screen' as const },
      name: 'SCREEN_CAPTURE_DENIED',
    },
    { error: 'NotReadableError', attempt: both, name: 'DEVICE_ALREADY_IN_USE' },
    { error: 'NotFoundError', attempt: { ...both, video: false }, name: 'INPUT_AUDIO_DEVICE_NOT_FOUND' },
    { error: 'NotFoundError', attempt: { ...both, audio: false }, name: 'INPUT_VIDEO_DEVICE_NOT_FOUND' },
    {
      error: 'NotFoundError',
      attempt: { ...both, present: { audio: false, video: true } },
      name: 'INPUT_AUDIO_DEVICE_NOT_FOUND',
    },
    {
      error: 'NotFoundError',
      attempt: { ...both, present: { audio: true, video: false } },
      name: 'INPUT_VIDEO_DEVICE_NOT_FOUND',
    },
    { error: 'TypeError', attempt: both, name: 'PUBLISHER_PROPERTIES_ERROR' },
    { error: 'StrangeError', attempt: both, name: 'GENERIC_ERROR' },
  ])('makes $name of $error', ({ error, attempt, name }) => {
    const cause = new DOMException('what the browser says', error);
    expect(captureError(cause, attempt)).toMatchObject({ name, cause });
  });

  it.each([
    { constraint: 'deviceId', name: 'INPUT_VIDEO_DEVICE_NOT_FOUND' },
    { constraint: 'width', name: 'PUBLISHER_PROPERTIES_ERROR' },
  ])('makes $name of a $constraint that cannot be satisfied', ({ constraint, name }) => {
    const cause = { name: 'OverconstrainedError', message: '', constraint };
    expect(captureError(cause, both).name).toBe(name);
  });

  it('says what was wanted', () => {
    const error = captureError(new DOMException('Permission denied', 'NotAllowedError'), both);
    expect(error.message).toBe('No access to the microphone and the camera: Permission denied');
  });
});
