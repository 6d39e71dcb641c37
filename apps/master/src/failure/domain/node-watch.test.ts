import { beforeEach, describe, expect, it } from 'vitest';
import { NodeWatch } from './node-watch.js';

let watch: NodeWatch;
beforeEach(() => {
  watch = new NodeWatch();
});

describe('NodeWatch', () => {
  it('counts probes as failing from the first that nobody answered', () => {
    watch.probeSent(100);
    watch.probeSent(350);
    expect(watch.failingMs(600)).toBe(500);
    expect(watch.answered('own', 'own')).toBeUndefined();
    expect(watch.failingMs(600)).toBe(0);
    watch.probeSent(850);
    expect(watch.failingMs(900)).toBe(50);
  });

  it('takes a late answer for an answer: a slow node is not a dead one', () => {
    for (const now of [0, 250, 500]) watch.probeSent(now);
    watch.unanswered();
    expect(watch.inDoubt).toBe(true);
    expect(watch.answered('own', 'own')).toBe('falseAlarm');
    expect(watch.inDoubt).toBe(false);
    expect(watch.failingMs(700)).toBe(0);
  });

  it('tells who answers instead of the node', () => {
    watch.linkUp();
    watch.linkDown(1);
    expect(watch.answered('other', 'own')).toBeUndefined();
    expect(watch.evidence().otherIncarnation).toBe('other');
    expect(watch.inDoubt).toBe(true);
  });

  it('doubts a node whose link closed until the link is up again', () => {
    watch.linkUp();
    watch.linkDown(10);
    watch.linkDown(20);
    expect(watch.evidence()).toMatchObject({ linkClosedAt: 10, linkUp: false });
    expect(watch.needsProbes(5000)).toBe(true);
    expect(watch.linkUp()).toBe('falseAlarm');
    expect(watch.evidence()).toMatchObject({ linkClosedAt: undefined, linkUp: true });
    expect(watch.needsProbes(5000)).toBe(false);
  });

  it('looks closely for a while when somebody says that the node is dead, and believes the own link first', () => {
    watch.linkUp();
    watch.suspected(1000);
    expect(watch.needsProbes(3999)).toBe(true);
    expect(watch.needsProbes(4000)).toBe(false);
    expect(watch.evidence().linkClosedAt).toBeUndefined();
    expect(watch.inDoubt).toBe(false);
  });

  it('takes the word of others about a connection that broke if it has no link of its own', () => {
    watch.suspected(1000);
    expect(watch.evidence().linkClosedAt).toBe(1000);
  });
});
