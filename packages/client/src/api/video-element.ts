import { VideoInsertMode } from './properties.js';

/**
 * The element that an application means.
 * @throws {Error} there is no element with that id
 */
export function resolveTarget(target: string | HTMLElement): HTMLElement {
  const element = typeof target === 'string' ? document.getElementById(target) : target;
  if (!element) {
    const id = typeof target === 'string' ? target : '';
    throw new Error(`The provided 'targetElement' couldn't be resolved to any HTML element: ${id}`);
  }
  return element;
}

/** Puts `video` into the page, seen from `target`. */
export function insertVideo(video: HTMLVideoElement, target: HTMLElement, mode: VideoInsertMode): void {
  switch (mode) {
    case VideoInsertMode.AFTER:
      target.after(video);
      break;
    case VideoInsertMode.APPEND:
      target.append(video);
      break;
    case VideoInsertMode.BEFORE:
      target.before(video);
      break;
    case VideoInsertMode.PREPEND:
      target.prepend(video);
      break;
    case VideoInsertMode.REPLACE:
      target.replaceWith(video);
      break;
  }
}

/** Makes `video` show a stream: at once, inside the page, and silently if it is one's own. */
export function prepareVideo(
  video: HTMLVideoElement,
  how: { local: boolean; mirror: boolean; id: string },
): void {
  video.autoplay = true;
  video.playsInline = true;
  video.controls = false;
  if (!video.id) video.id = how.id;
  if (how.local) video.muted = true;
  if (how.local && how.mirror) {
    video.style.transform = 'rotateY(180deg)';
  }
}
