import { type Participant, useStats } from '@evercall/react';

/** Frames per second of a picture that is received. Renders only when the number changes. */
export function FrameRate({ participant }: { participant: Participant }) {
  const rate = useStats(participant.streams[0]?.manager, { intervalMs: 2000, select: framesPerSecond });
  return <output>{rate ?? 'unknown'}</output>;
}

function framesPerSecond(report: RTCStatsReport): number | undefined {
  for (const entry of report.values()) {
    if (entry.type === 'inbound-rtp' && entry.kind === 'video') return entry.framesPerSecond;
  }
  return undefined;
}
