import type { MediaStatus } from '@evercall/react';
import { type Devices, messages, type Notice } from '../messages.js';

/** What to tell about devices, and whether asking again may help. */
export interface DeviceProblem {
  devices: ('audio' | 'video')[];
  notice: Notice;
  canRetry: boolean;
}

const names = { audio: 'microphone', video: 'camera' } as const;

/** One problem per cause: a refusal that concerns both devices is told once. */
export function deviceProblemsOf(audio: MediaStatus, video: MediaStatus): DeviceProblem[] {
  if (audio === video) return problemOf(audio, ['audio', 'video']);
  return [...problemOf(video, ['video']), ...problemOf(audio, ['audio'])];
}

function problemOf(status: MediaStatus, devices: DeviceProblem['devices']): DeviceProblem[] {
  const problems: Partial<Record<MediaStatus, (what: Devices) => Notice>> = messages.deviceProblems;
  const [only = 'audio'] = devices;
  const notice = problems[status]?.(devices.length > 1 ? 'both' : names[only]);
  return notice ? [{ devices, notice, canRetry: status !== 'insecureContext' }] : [];
}
