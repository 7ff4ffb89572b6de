import { describe, expect, it } from 'vitest';
import { label, type Picture } from './picture.ts';
import { sourceOf } from './reading.ts';
import { svg } from './svg.ts';
import { tikz } from './tikz.ts';

const picture: Picture = {
  width: 10,
  height: 10,
  marks: [label(0, 0, '1')],
  moving: [],
  title: 'a title',
  description: '',
  tables: [],
};

describe('the source of a figure', () => {
  it.each([
    'window 1x1x3x3 k2 p1 -> 1 with input=0,1,2/3,4,5/6,7,8',
    'shift 1x1x8 k3 -> 1 vs 1x1x8 k3 -> 1 with names=a%20b,%E5%8D%B7%E7%A7%AF',
    'two\nlines\r\nand \u2028 % 100% %0A',
    '卷积 <b>&amp;</b> "quoted"',
  ])('comes back from SVG and TikZ: %j', (source) => {
    expect(sourceOf(tikz(picture, source))).toBe(source);
    expect(sourceOf(tikz(picture, source, { standalone: true }))).toBe(source);
    expect(sourceOf(svg(picture, source))).toBe(source);
  });

  it('is found where another program wrote the file again', () => {
    const source =
      '<svg><metadata>\n<dc:source>\n  heat 1 -&#62; 2 &#x26; &apos;x&apos;\n</dc:source></metadata></svg>';
    expect(sourceOf(source)).toBe("heat 1 -> 2 & 'x'");
    expect(sourceOf('% other\r\n% padwise draw heat 1\r\n\\begin{tikzpicture}')).toBe('heat 1');
  });

  it.each([
    '',
    'text',
    '<svg></svg>',
    '<svg><dc:source>never closed',
    '<svg><dc:source></dc:source></svg>',
    `<svg><dc:source>${'a'.repeat(20_001)}</dc:source></svg>`,
    `<svg>${' '.repeat(200_000)}<dc:source>late</dc:source></svg>`,
    '%% padwise draw heat 1',
  ])('is null where there is none: %#', (file) => {
    expect(sourceOf(file)).toBeNull();
  });

  it('leaves what is no sign of ours alone', () => {
    expect(sourceOf('<svg><dc:source>&#0;&#x110000;&nbsp;%zz</dc:source>')).toBe('&#0;&#x110000;&nbsp;%zz');
    expect(sourceOf('% padwise draw %FF%zz')).toBe('%FF%zz');
  });
});
