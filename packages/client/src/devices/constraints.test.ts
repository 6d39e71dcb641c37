import { describe, expect, it } from 'vitest';
import { fakeTrack } from '../testing/fake-track.js';
import { capturePlan } from './constraints.js';

const picture = { width: { ideal: 640 }, height: { ideal: 480 }, frameRate: { ideal: 30 } };

describe('capturePlan', () => {
  it("takes the default devices in OpenVidu's default size", () => {
    expect(capturePlan({})).toEqual({
      audio: { from: 'device', constraints: {} },
      video: { from: 'device', constraints: picture },
    });
  });

  it('takes devices by their id', () => {
    const plan = capturePlan({
      audioSource: 'mic',
      videoSource: 'cam',
      resolution: '1280x720',
      frameRate: 15,
    });
    expect(plan.audio).toEqual({ from: 'device', constraints: { deviceId: { exact: 'mic' } } });
    expect(plan.video).toEqual({
      from: 'device',
      constraints: {
        deviceId: { exact: 'cam' },
        width: { ideal: 1280 },
        height: { ideal: 720 },
        frameRate: { ideal: 15 },
      },
    });
  });

  it('takes the screen as large as it is', () => {
    expect(capturePlan({ videoSource: 'screen', audioSource: false })).toEqual({
      audio: { from: 'nothing' },
      video: { from: 'screen', constraints: { frameRate: { ideal: 30 } } },
    });
  });

  it('takes tracks as they are', () => {
    const track = fakeTrack('video');
    expect(capturePlan({ videoSource: track }).video).toEqual({ from: 'track', track });
  });

  it.each([
    { properties: { audioSource: false, videoSource: null } as const, name: 'NO_INPUT_SOURCE_SET' },
    { properties: { resolution: 'big' }, name: 'PUBLISHER_PROPERTIES_ERROR' },
    { properties: { frameRate: 0 }, name: 'PUBLISHER_PROPERTIES_ERROR' },
  ])('refuses $properties with $name', ({ properties, name }) => {
    expect(() => capturePlan(properties)).toThrow(expect.objectContaining({ name }));
  });
});
