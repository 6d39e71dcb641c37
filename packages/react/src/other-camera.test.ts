import { expect, it } from 'vitest';
import { otherCamera } from './other-camera.js';

const cameras = [{ deviceId: 'a' }, { deviceId: 'b' }, { deviceId: 'c' }];

it('turns to the other side of a telephone', () => {
  expect(otherCamera({ facingMode: 'user', deviceId: 'a' }, cameras)).toEqual({ facing: 'environment' });
  expect(otherCamera({ facingMode: 'environment', deviceId: 'c' }, cameras)).toEqual({ facing: 'user' });
});

it('goes round where cameras have no side', () => {
  expect(otherCamera({ deviceId: 'a' }, cameras)).toEqual({ deviceId: 'b' });
  expect(otherCamera({ deviceId: 'c' }, cameras)).toEqual({ deviceId: 'a' });
});

it('knows of no other where there is one', () => {
  expect(otherCamera({ facingMode: 'user' }, [{ deviceId: 'a' }])).toBeUndefined();
  expect(otherCamera({}, [])).toBeUndefined();
});
