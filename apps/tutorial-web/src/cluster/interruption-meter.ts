import { GapLog } from './gap-log.js';

/** What is watched of others: the frames of their pictures, the packets of their sound. */
export type Medium = 'video' | 'audio';

/** A measurement in ms, and how long the longest wait was in ten undisturbed seconds before; absent without such tracks. */
export interface Measured {
  ms: number;
  normalMs: number;
}

/** One fault and what came of it here. */
export interface Incident {
  id: number;
  /** What happened, in the order in which it was seen. */
  labels: string[];
  startedAt: number;
  /** Longest time in ms without a connection to a master. */
  signallingMs: number;
  video: Measured | undefined;
  audio: Measured | undefined;
  /** Nothing more is expected of it. */
  isSettled: boolean;
}

interface Open extends Omit<Incident, 'signallingMs' | 'video' | 'audio'> {
  normal: Record<Medium, number | undefined>;
}

/** Milliseconds before a fault in which is measured what is normal. */
const normalWindowMs = 10_000;
/** What is seen of a fault is at most so old, in ms: nodes are looked at each second and declared lost after two. */
const seenAfterMs = 3_500;
/** Milliseconds that an incident lasts at least and at most; it ends after so many ms of calm in between. */
const [shortestMs, longestMs, calmMs] = [8_000, 60_000, 3_000];
const keptIncidents = 20;

/** Measures what faults cost the one who looks at this page. Plain: whoever calls brings the times, in ms. */
export class InterruptionMeter {
  readonly #tracks: Record<Medium, Map<string, GapLog>> = { video: new Map(), audio: new Map() };
  #incidents: Incident[] = [];
  #open: Open | undefined;
  #outages: { from: number; to: number | undefined }[] = [];
  #nextId = 1;

  /** Something of a track arrived. @param track the same for as long as it is the same for a person */
  arrived(medium: Medium, track: string, at: number): void {
    const log = this.#tracks[medium].get(track) ?? new GapLog();
    this.#tracks[medium].set(track, log);
    log.add(at);
  }

  /** Nothing more is expected of a track, or of all: muted, left, or this page is hidden. */
  rest(medium: Medium, track?: string): void {
    if (track !== undefined) this.#tracks[medium].get(track)?.rest();
    else for (const log of this.#tracks[medium].values()) log.rest();
  }

  /** The connection to the masters was lost. */
  linkLost(at: number): void {
    if (this.#isOut()) return;
    this.#outages.push({ from: at, to: undefined });
  }

  linkBack(at: number): void {
    for (const outage of this.#outages) outage.to ??= at;
  }

  /** Somebody here is about to break something. */
  begin(label: string, at: number): void {
    this.#close(at);
    this.#start(label, at);
  }

  /** Something broke without our doing, or as a consequence of it. */
  observed(label: string, at: number): void {
    if (!this.#open || this.#isOver(this.#open, at)) this.begin(label, at - seenAfterMs);
    else if (!this.#open.labels.includes(label)) this.#open.labels.push(label);
  }

  /** Every incident, the latest first, as measured until now. */
  incidents(now: number): Incident[] {
    if (this.#open && this.#isOver(this.#open, now)) this.#close(now);
    const open = this.#open ? [this.#measure(this.#open, now)] : [];
    return [...open, ...this.#incidents];
  }

  #start(label: string, at: number): void {
    this.#open = {
      id: this.#nextId,
      labels: [label],
      startedAt: at,
      isSettled: false,
      normal: { video: this.#normal('video', at), audio: this.#normal('audio', at) },
    };
    this.#nextId += 1;
  }

  /** What another fault cost shortly before isn't normal: then it is what was normal before that one. */
  #normal(medium: Medium, at: number): number | undefined {
    const [last] = this.#incidents;
    const isRecent = last !== undefined && at - last.startedAt < normalWindowMs + shortestMs;
    const before = isRecent ? last[medium]?.normalMs : undefined;
    return before ?? this.#longest(medium, at - normalWindowMs, at);
  }

  #close(at: number): void {
    if (!this.#open) return;
    const last = { ...this.#measure(this.#open, at), isSettled: true };
    this.#incidents = [last, ...this.#incidents].slice(0, keptIncidents);
    this.#open = undefined;
    this.#outages = this.#outages.filter(({ to }) => to === undefined);
  }

  #isOver({ startedAt }: Open, now: number): boolean {
    const age = now - startedAt;
    if (age > longestMs) return true;
    const lastOutage = this.#outages.at(-1)?.to ?? startedAt;
    return age > shortestMs && !this.#isOut() && now - lastOutage > calmMs;
  }

  #isOut(): boolean {
    return this.#outages.some(({ to }) => to === undefined);
  }

  #measure({ normal, ...incident }: Open, now: number): Incident {
    const { startedAt } = incident;
    const outages = this.#outages
      .filter(({ to }) => (to ?? now) > startedAt)
      .map(({ from, to }) => (to ?? now) - from);
    const measured = (medium: Medium): Measured | undefined => {
      const ms = this.#longest(medium, startedAt, now);
      return ms === undefined ? undefined : { ms, normalMs: normal[medium] ?? 0 };
    };
    return {
      ...incident,
      signallingMs: Math.max(0, ...outages),
      video: measured('video'),
      audio: measured('audio'),
    };
  }

  /** Over all tracks; `undefined` if there are none. */
  #longest(medium: Medium, from: number, to: number): number | undefined {
    const logs = [...this.#tracks[medium].values()];
    if (!logs.some(({ runs }) => runs)) return undefined;
    return Math.max(...logs.map((log) => log.longest(from, to)));
  }
}
