// SVG as strangers will read it: well-formed, the same bytes for the same picture, nothing in a text that becomes markup, no
// names two figures on a page could share, and what opens it again where reading.ts finds it.

import { describe, expect, it } from 'vitest';
import { cell, type Figure, label, type Picture } from './picture.ts';
import { sourceOf } from './reading.ts';
import { animatedSvg, filmStrip, svg } from './svg.ts';
import { dark, themes } from './theme.ts';

const HOSTILE = `</text><script>alert("1")</script>&amp;<!-- ]]> ' "`;

function picture(text: string, shown: number): Picture {
  return {
    width: 96,
    height: 80,
    marks: [
      cell(0, 0, 'pad', { dashed: true, text }),
      cell(32, 0, 'unread', { hatched: true }),
      cell(64, 0, { heat: 0.5 }, { text: '4' }),
      label(48, 60, text, { ink: 'soft' }),
      {
        kind: 'line',
        points: [
          [0, 40],
          [50, 40],
        ],
        ink: 'window',
        arrow: true,
        dashed: true,
      },
    ],
    moving: [cell(32 * shown, 0, 'window', { text: String(shown), bold: true })],
    title: text,
    description: text,
    tables: [],
  };
}

function figure(text: string): Figure {
  return { frames: 3, frame: (index) => picture(text, index), source: `window ${text}` };
}

/** The names of the elements in turn; throws where tags do not close in order or an attribute is not quoted. */
function elements(xml: string): string[] {
  const open: string[] = [];
  const names: string[] = [];
  const tag = /<(\/?)([\w:]+)((?: [\w:-]+="[^"<]*")*)(\/?)>/y;
  const between = /(?:[^<&]|&(?:amp|lt|gt|quot);)*/y;
  for (let at = 0; at < xml.length; ) {
    between.lastIndex = at;
    at += between.exec(xml)?.[0].length ?? 0;
    if (at === xml.length) break;
    tag.lastIndex = at;
    const found = tag.exec(xml);
    if (found === null) throw new Error(`no tag at ${xml.slice(at, at + 60)}`);
    at += found[0].length;
    const [, closes, name = '', attributes = '', alone] = found;
    const keys = [...attributes.matchAll(/ ([\w:-]+)=/g)].map(([, key]) => key);
    if (new Set(keys).size < keys.length) throw new Error(`an attribute twice in ${found[0]}`);
    if (closes && open.pop() !== name) throw new Error(`${name} closes what is not open`);
    if (!closes) names.push(name);
    if (!closes && !alone) open.push(name);
  }
  if (open.length > 0) throw new Error(`open at the end: ${open.join()}`);
  return names;
}

const written = {
  'one picture': (text: string) => svg(picture(text, 1), `window ${text}`, { theme: dark }),
  'an animation': (text: string) => animatedSvg(figure(text), 500),
  'a film': (text: string) => filmStrip(figure(text), [0, 1, 2], 2, { theme: themes.print }),
};

describe.each(Object.entries(written))('%s', (name, write) => {
  it('is well-formed, whatever its texts hold', () => {
    const names = elements(write(HOSTILE));
    expect(names[0]).toBe('svg');
    expect(names).not.toContain('script');
    expect(names.slice(1, 4)).toEqual(['title', 'desc', 'metadata']);
  });

  it('has the same bytes each time', () => {
    expect(write('1')).toBe(write('1'));
  });

  it('names nothing that another figure could name too', () => {
    expect(write('1')).not.toMatch(/ id=|url\(|href=|<defs/);
  });

  it('carries no style but the rule for less motion', () => {
    const styles = [...write('1').matchAll(/<style>([^<]*)<\/style>/g)].map(([, rule]) => rule);
    expect(styles).toHaveLength(name === 'an animation' ? 1 : 0);
    for (const rule of styles) expect(rule).toMatch(/^@media \(prefers-reduced-motion:reduce\)\{/);
    expect(write('1')).not.toMatch(/ style="/);
  });

  it('says its licence, and what opens it again', () => {
    expect(write('1')).toContain('https://creativecommons.org/publicdomain/zero/1.0/');
    expect(sourceOf(write('1'))).toBe('window 1');
    expect(sourceOf(write(HOSTILE))).toBe(`window ${HOSTILE}`);
  });
});

describe('an animation', () => {
  it('shows each frame for its part of the time', () => {
    const moving = animatedSvg(figure('1'), 500);
    expect(moving.match(/<animate /g)).toHaveLength(3);
    expect(moving).toContain('dur="1.5s"');
    expect(moving).toContain('values="hidden;visible;hidden" keyTimes="0;0.333;0.667"');
    expect(moving.match(/<g class="frame" visibility="visible">/g)).toHaveLength(1);
  });

  it('of one frame is a picture', () => {
    const one = { ...figure('1'), frames: 1 };
    expect(animatedSvg(one, 500)).toBe(svg(one.frame(0), one.source));
  });
});

it('a film is as wide as its columns', () => {
  expect(filmStrip(figure('1'), [0, 1, 2], 2)).toContain('viewBox="-12 -12 240 208"');
  expect(filmStrip(figure('1'), [0], 4)).toContain('viewBox="-12 -12 120 104"');
});
