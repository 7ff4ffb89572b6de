import { describe, expect, it } from 'vitest';
import { cell, label, type Picture } from './picture.ts';
import { dark } from './theme.ts';
import { tikz } from './tikz.ts';

const picture = (text: string): Picture => ({
  width: 64,
  height: 40,
  marks: [
    cell(0, 0, 'input', { text }),
    cell(32, 0, 'unread', { hatched: true, dashed: true, round: 2 }),
    label(0, 36, text, { anchor: 'start', ink: 'soft', mono: true }),
    {
      kind: 'line',
      points: [
        [0, 40],
        [64, 40.12345],
      ],
      ink: 'window',
      weight: 2,
      arrow: true,
    },
  ],
  moving: [
    cell(0, 0, { heat: 0.5 }, { text: '9', bold: true }),
    cell(0, 0, null, { line: 'window', weight: 2.5 }),
  ],
  title: '2 becomes 1',
  description: '',
  tables: [],
});

describe('TikZ', () => {
  it('is what a person could have written', () => {
    expect(tikz(picture('7'), 'window 1x1x2 k1 -> 1')).toMatchInlineSnapshot(`
      "% 2 becomes 1
      % CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/
      % padwise draw window 1x1x2 k1 -> 1
      \\definecolor{padwiseInputFill}{HTML}{F3F5F9}
      \\definecolor{padwiseInputLine}{HTML}{AAB4C3}
      \\definecolor{padwiseInputText}{HTML}{1A2230}
      \\definecolor{padwiseUnreadFill}{HTML}{FAFAFB}
      \\definecolor{padwiseUnreadLine}{HTML}{B3BAC5}
      \\definecolor{padwiseUnreadText}{HTML}{646E7E}
      \\definecolor{padwiseSoft}{HTML}{586274}
      \\definecolor{padwiseWindowLine}{HTML}{005FA3}
      \\definecolor{padwiseHeat79A4C6}{HTML}{79A4C6}
      \\definecolor{padwiseHeatLine}{HTML}{AAB4C3}
      \\definecolor{padwiseHeatText000000}{HTML}{000000}
      \\definecolor{padwiseGround}{HTML}{FFFFFF}
      \\begin{tikzpicture}[x=0.75bp, y=-0.75bp, line width=0.75bp, inner sep=0pt, outer sep=0pt]
      \\useasboundingbox (-12,-12) rectangle (76,52);
      \\path[fill=padwiseInputFill, draw=padwiseInputLine] (0,0) rectangle (32,32);
      \\node[anchor=mid, text=padwiseInputText, font=\\fontsize{9.75bp}{9.75bp}\\selectfont\\sffamily] at (16,16) {7};
      \\path[fill=padwiseUnreadFill, draw=padwiseUnreadLine, dash pattern=on 2.25bp off 2.25bp, rounded corners=1.5bp] (32,0) rectangle (64,32);
      \\draw[draw=padwiseUnreadLine, line width=0.6bp] (32,7) -- (39,0) (32,14) -- (46,0) (32,21) -- (53,0) (32,28) -- (60,0) (35,32) -- (64,3) (42,32) -- (64,10) (49,32) -- (64,17) (56,32) -- (64,24) (63,32) -- (64,31);
      \\node[anchor=mid west, text=padwiseSoft, font=\\fontsize{9.75bp}{9.75bp}\\selectfont\\ttfamily] at (0,36) {7};
      \\draw[draw=padwiseWindowLine, line width=1.5bp, -latex] (0,40) -- (64,40.123);
      \\path[fill=padwiseHeat79A4C6, draw=padwiseHeatLine] (0,0) rectangle (32,32);
      \\node[anchor=mid, text=padwiseHeatText000000, font=\\fontsize{9.75bp}{9.75bp}\\selectfont\\sffamily\\bfseries] at (16,16) {9};
      \\path[draw=padwiseWindowLine, line width=1.875bp] (0,0) rectangle (32,32);
      \\end{tikzpicture}
      "
    `);
  });

  it('defines each colour once, and all it uses', () => {
    const drawn = tikz(picture('7'), '', { theme: dark });
    const defined = [...drawn.matchAll(/\\definecolor\{(\w+)\}/g)].map(([, name]) => name);
    expect(new Set(defined).size).toBe(defined.length);
    const used = [...drawn.matchAll(/\b(padwise[A-Z]\w*)/g)].map(([, name]) => name);
    expect(used.filter((name) => !defined.includes(name))).toEqual([]);
    expect(drawn).toContain('\\fill[fill=padwiseGround] (-12,-12) rectangle (76,52);');
  });

  it('lets no text become a command', () => {
    const drawn = tikz(picture('\\input{x}$a_b^c~#&%\n"q" --- `'), '\\end\n\\input{y} % z');
    const commands = drawn.split('\n').filter((line) => !line.startsWith('%'));
    expect(commands.join('\n')).not.toMatch(/\\input/);
    expect(drawn.split('\n').filter((line) => line.startsWith('%'))).toEqual([
      '% 2 becomes 1',
      '% CC0 1.0, https://creativecommons.org/publicdomain/zero/1.0/',
      '% padwise draw \\end%0A\\input{y} %25 z',
    ]);
    expect(drawn).toContain(
      '{\\textbackslash{}input\\{x\\}\\$a\\_b\\textasciicircum{}c\\textasciitilde{}\\#\\&\\% {\\char34}q{\\char34} {-}{-}{-} {\\char96}}',
    );
  });

  it('is a document where asked, in Chinese one for XeLaTeX', () => {
    const english = tikz(picture('7'), '', { standalone: true });
    expect(english).toContain('\\documentclass[tikz]{standalone}\n\\usepackage[T1]{fontenc}');
    expect(english.endsWith('\\end{document}\n')).toBe(true);
    const chinese = tikz(picture('卷积'), '', { standalone: true });
    expect(chinese).toContain(
      '% !TEX program = xelatex\n\\documentclass[tikz]{standalone}\n\\usepackage[UTF8, scheme=plain]{ctex}',
    );
  });

  it('has the same bytes each time', () => {
    expect(tikz(picture('7'), 'a')).toBe(tikz(picture('7'), 'a'));
  });
});
