import { describe, expect, it } from 'vitest';
import { Slug, slugFromName } from './slug.js';

describe('slugFromName', () => {
  it.each([
    ['Daily stand-up', 'daily-stand-up'],
    ['  Équipe N° 5 ', 'equipe-n-5'],
    ['a_b', 'a_b'],
    ['日本', ''],
    ['--', ''],
    [`${'x'.repeat(63)} y`, 'x'.repeat(63)],
  ])('%j is %j', (name, slug) => {
    expect(slugFromName(name)).toBe(slug);
    expect(Slug.safeParse(slug).success).toBe(slug !== '');
  });
});

describe('Slug', () => {
  it('takes capitals as small letters', () => {
    expect(Slug.parse('Team-A')).toBe('team-a');
  });

  it.each(['', '-a', 'a b', 'a/b', 'x'.repeat(65)])('refuses %j', (slug) => {
    expect(Slug.safeParse(slug).success).toBe(false);
  });
});
