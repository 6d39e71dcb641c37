import type { Facing } from './other-camera.js';

/** How large the picture is to be, as in OpenVidu's properties. */
export interface FacingPicture {
  /** `WIDTHxHEIGHT`; `640x480`. */
  resolution?: string | undefined;
  /** Frames per second; 30. */
  frameRate?: number | undefined;
}

/**
 * Captures the camera on one side of a telephone.
 *
 * @throws DOMException `OverconstrainedError` where no camera says that it is on that side, and those of `getUserMedia`
 */
export function captureFacing(facing: Facing, picture: FacingPicture): Promise<MediaStream> {
  const { resolution = '640x480', frameRate = 30 } = picture;
  const [width = 640, height = 480] = resolution.split('x').map(Number);
  return navigator.mediaDevices.getUserMedia({
    video: {
      facingMode: { exact: facing },
      width: { ideal: width },
      height: { ideal: height },
      frameRate: { ideal: frameRate },
    },
  });
}
