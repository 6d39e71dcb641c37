/** The side of a telephone that a camera is on: towards its user, or away. */
export type Facing = 'user' | 'environment';

/** How to ask for another camera. */
export type OtherCamera = { facing: Facing } | { deviceId: string };

/**
 * What to ask for instead of this camera: the other side of a telephone, which has several lenses on one side and knows
 * itself which of them is meant; else the next camera in the list. `undefined`: there is no other.
 */
export function otherCamera(
  current: Pick<MediaTrackSettings, 'facingMode' | 'deviceId'>,
  cameras: readonly { deviceId: string }[],
): OtherCamera | undefined {
  if (cameras.length < 2) return undefined;
  if (current.facingMode === 'user') return { facing: 'environment' };
  if (current.facingMode === 'environment') return { facing: 'user' };
  const at = cameras.findIndex(({ deviceId }) => deviceId === current.deviceId);
  const next = cameras[(at + 1) % cameras.length];
  return next && { deviceId: next.deviceId };
}
