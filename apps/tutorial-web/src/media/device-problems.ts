import type { MediaStatus } from '@evercall/react';
import { messages, type Notice } from '../messages.js';

/** What to tell about devices, and whether asking again may help. */
export interface DeviceProblem {
  devices: ('audio' | 'video')[];
  notice: Notice;
  canRetry: boolean;
}

const { devices: words, deviceProblems } = messages;
const problems: Partial<Record<MediaStatus, (what: string) => Notice>> = deviceProblems;
const names = { audio: words.microphone.toLowerCase(), video: words.camera.toLowerCase() };

/** One problem per cause: a refusal that concerns both devices is told once. */
export function deviceProblemsOf(audio: MediaStatus, video: MediaStatus): DeviceProblem[] {
  if (audio === video) return problemOf(audio, ['audio', 'video']);
  return [...problemOf(video, ['video']), ...problemOf(audio, ['audio'])];
}

function problemOf(status: MediaStatus, devices: DeviceProblem['devices']): DeviceProblem[] {
  const [only = 'audio'] = devices;
  const notice = problems[status]?.(devices.length > 1 ? words.both : names[only]);
  return notice ? [{ devices, notice, canRetry: status !== 'insecureContext' }] : [];
}
