import { describe, expect, it } from 'vitest';
import type { Role } from './picture.ts';
import { contrast, painted, themes } from './theme.ts';

const names = Object.keys(themes) as (keyof typeof themes)[];

it('knows contrast', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#777777', '#777777')).toBe(1);
});

describe.each(names)('%s', (name) => {
  const theme = themes[name];
  const roles = Object.entries(theme.roles) as [Role, (typeof theme.roles)[Role]][];

  it.each(roles)('text stands out on %s', (_, { fill, text }) => {
    expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(['window', 'shown', 'kernel', 'first', 'second', 'third', 'fourth', 'fifth', 'sixth'] as const)(
    'the outline of %s stands out on the ground',
    (role) => {
      expect(contrast(theme.roles[role].line, theme.ground)).toBeGreaterThanOrEqual(3);
    },
  );

  it('words stand out on the ground', () => {
    expect(contrast(theme.ink, theme.ground)).toBeGreaterThanOrEqual(7);
    expect(contrast(theme.soft, theme.ground)).toBeGreaterThanOrEqual(4.5);
  });

  it('a count stands out on its heat', () => {
    for (let heat = 0; heat <= 1; heat += 1 / 16) {
      const { fill, text } = painted(theme, { heat });
      expect(contrast(fill, text)).toBeGreaterThanOrEqual(4.5);
    }
  });
});
