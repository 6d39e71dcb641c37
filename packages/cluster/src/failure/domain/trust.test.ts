import { describe, expect, it } from 'vitest';
import { Trust } from './trust.js';

const trust = () => new Trust({ windowMs: 1000, stallMs: 400 });

describe('Trust', () => {
  it('judges lateness only after the shared state has answered for a full window', () => {
    const observer = trust();
    expect(observer.mayJudgeLateness(0)).toBe(false);
    observer.stateAnswered(100);
    expect(observer.mayJudgeLateness(1000)).toBe(false);
    expect(observer.mayJudgeLateness(1100)).toBe(true);
  });

  it('starts over when the shared state was away', () => {
    const observer = trust();
    observer.stateAnswered(0);
    observer.stateAway();
    observer.stateAnswered(2000);
    expect(observer.mayJudgeLateness(2900)).toBe(false);
    expect(observer.mayJudgeLateness(3000)).toBe(true);
  });

  it('starts over when the shared state stalled without failing', () => {
    const observer = trust();
    observer.stateAnswered(0);
    observer.stateAnswered(2000, 1900);
    expect(observer.mayJudgeLateness(2900)).toBe(false);
    observer.stateAnswered(2900, 5);
    expect(observer.mayJudgeLateness(3000)).toBe(true);
  });

  it('judges nothing right after its own stall', () => {
    const observer = trust();
    observer.stateAnswered(0);
    for (const now of [0, 200, 400]) observer.tick(now);
    expect(observer.mayJudge(1000)).toBe(true);
    observer.tick(5000);
    expect(observer.mayJudge(5500)).toBe(false);
    observer.stateAnswered(5000);
    expect(observer.mayJudgeLateness(5900)).toBe(false);
    expect(observer.mayJudgeLateness(6000)).toBe(true);
  });
});
