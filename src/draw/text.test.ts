// Drawings of letters, to be looked at; and what holds for every one: its width, its signs, and that a terminal obeys nothing
// but the colours.

import { describe, expect, it } from 'vitest';
import { parse } from '../geometry/index.ts';
import { chinese } from '../words/chinese/index.ts';
import { heatFigure } from './heat.ts';
import { figure } from './open.ts';
import { cell, label, type Mark, type Picture } from './picture.ts';
import { nearest } from './text/canvas.ts';
import { columns } from './text/columns.ts';
import { text } from './text.ts';

const drawn = (line: string, frame = 0) => `\n${text(figure(line).frame(frame))}`;

function picture(marks: readonly Mark[], more: Partial<Picture> = {}): Picture {
  return { width: 100, height: 100, marks, moving: [], title: 'title', description: '', tables: [], ...more };
}

describe('a drawing on a terminal', () => {
  it('of a window', () => {
    expect(drawn('window 1x1x3x3 k2 p1 -> 1', 5)).toMatchInlineSnapshot(`
      "
      3×3 becomes 4×4: 1x1x3x3 k2 p1 -> 1

          input 3×3                   output 4×4
      ( 0[ 0  0] 0  0)  kernel 2×2     0  3  8  4
      ( 0[ 0  1] 2( 0)      0  1       9<19>25 10
      ( 0[ 3  4] 5( 0) ∗    2  3   =  21 37 43 16
      ( 0) 6  7  8( 0)                 6  7  8  0
      ( 0  0  0  0  0)

              0*0 + 1*1 + 3*2 + 4*3 = 19
      ( ) padding: 0

      Output (1, 1) reads positions 0..1, 0..1: 4 of 4 in the input.
      "
    `);
  });

  it('of two windows at once', () => {
    expect(drawn('window 1x1x5x5 k3 s2 p1 -> 1 with at=0,0/1,1')).toMatchInlineSnapshot(`
      "
      5×5 becomes 3×3: 1x1x5x5 k3 s2 p1 -> 1

             input 5×5
      [ 0  0  0] 0  0  0  0)
      [ 0  0  1] 2  3  4( 0)   kernel 3×3     output 3×3
      [ 0  5< 6] 7  8> 9( 0)      0  1  2    [ 88]175 136
      ( 0)10<11 12 13>14( 0) ∗    3  4  5  =  345<528>345
      ( 0)15<16 17 18>19( 0)      6  7  8     232 319 184
      ( 0)20 21 22 23 24( 0)    stride 2
      ( 0  0  0  0  0  0  0)

                      0*0 + 0*1 + 0*2
                    + 0*3 + 0*4 + 1*5
                    + 0*6 + 5*7 + 6*8 = 88
                    6*0 + 7*1 + 8*2
                  + 11*3 + 12*4 + 13*5
                  + 16*6 + 17*7 + 18*8 = 528
      ( ) padding: 0

      Output (0, 0) reads positions -1..1, -1..1: 4 of 9 in the input.
      "
    `);
  });

  it('of a line', () => {
    expect(drawn('window 1x1x8 k3 s2 p1 -> 1', 2)).toMatchInlineSnapshot(`
      "
      8 becomes 4: 1x1x8 k3 s2 p1 -> 1

                -1  0  1  2  3  4  5  6  7  8
       input 8 ( 0) 0  1  2[ 3  4  5] 6  7/ 0/
      kernel 3               0  1  2
      stride 2
                                │
      output 4      2     8   <14>   20
                    0     1     2     3

                3*0 + 4*1 + 5*2 = 14
      ( ) padding: 0   /// never read: no window fits here

      Output 2 reads positions 3..5: 3 of 3 in the input.
      "
    `);
  });

  it('of a shift', () => {
    expect(
      drawn('shift 1x1x8 k3 s2 p1 -> 1 vs 1x1x8 k3 s2 p0,1 -> 1 with names=torch,keras'),
    ).toMatchInlineSnapshot(`
      "
      Where the windows of torch and keras lie

      torch          [ ●  1  ●]  [ ●  3  ●]
      k3 s2 p1 [ ○  0  ●]  [ ●  2  ●]
      input    ( 0) 0  1  2  3  4  5  6  7( 0)
      centres       ●→ ◆  ●→ ◆  ●→ ◆  ●→ ◆

      keras       < ◆  0  ◆>  < ◆  2  ◆>
      k3 s2 p0,1        < ◆  1  ◆>  < ◆  3  ○>

      Same shape, shifted by 1 input px.
      keras looks 1 input px further to the right than torch.
      "
    `);
  });

  it('of three maps', () => {
    expect(
      drawn('heat 1x1x8x8 k1 -> 1 vs 1x1x8x8 k2 -> 1 vs 1x1x8x8 k3 -> 1 with names=1x1,2x2,3x3'),
    ).toMatchInlineSnapshot(`
      "
      How often each pixel is read

                 1x1                        2x2                         3x3
        1  1  1  1  1  1  1  1     1  2  2  2  2  2  2  1      1  2  3  3  3  3  2  1
        1  1  1  1  1  1  1  1     2  4  4  4  4  4  4  2      2  4  6  6  6  6  4  2
        1  1  1  1  1  1  1  1     2  4  4  4  4  4  4  2      3  6  9  9  9  9  6  3
        1  1  1  1  1  1  1  1     2  4  4  4  4  4  4  2      3  6  9  9  9  9  6  3
        1  1  1  1  1  1  1  1     2  4  4  4  4  4  4  2      3  6  9  9  9  9  6  3
        1  1  1  1  1  1  1  1     2  4  4  4  4  4  4  2      3  6  9  9  9  9  6  3
        1  1  1  1  1  1  1  1     2  4  4  4  4  4  4  2      2  4  6  6  6  6  4  2
        1  1  1  1  1  1  1  1     1  2  2  2  2  2  2  1      1  2  3  3  3  3  2  1
      Each pixel is read once.   Each pixel is read 1 to 4   Each pixel is read 1 to 9
                                          times.                      times.

                                    1  2  3  4  6  9 times read
      "
    `);
  });

  it.each([
    'window 1x1x28x28 k5 s2 p2 -> 1',
    'window 1x3x224x224 k7 s2 p3 -> 64',
    'strip 1x1x12 k3 s2 p1 d2 -> 1',
    'scatter 1x1x3x3 k3 i2 p1 flip -> 1',
    'channels 1x4x5x5 k3 g2 -> 4',
    'heat 1x1x64x64 k3 s2 -> 1',
    'reach 1x1x32 k3 s2 p1 -> 1 then 1x1x16 k3 s2 p1 -> 1',
    'drift 1x1x16 k3 s2 p1 -> 1 vs 1x1x16 k3 s2 p0,1 -> 1',
    'window 1x1x4x4x4 k2 -> 1',
  ])('is at most as wide as asked: %s', (line) => {
    for (const most of [40, 80, 120]) {
      const frame = figure(line).frame(0);
      for (const color of [false, true]) {
        const lines = text(frame, { columns: most, color }).split('\n').map(uncoloured);
        expect(lines.filter((one) => columns(one) > most)).toEqual([]);
        expect(lines.filter((one) => !color && one !== one.trimEnd())).toEqual([]);
      }
    }
  });

  it('says what is cut', () => {
    const wide = picture(Array.from({ length: 40 }, (_, i) => cell(32 * i, 0, 'input', { text: `${i}` })));
    expect(text(wide)).toContain('Cut at 80 columns; the whole figure takes 120.');
  });

  it('puts below what does not fit beside', () => {
    const grids = [0, 400].flatMap((left) =>
      Array.from({ length: 8 }, (_, i) => cell(left + 32 * i, 0, 'input', { text: `${i}` })),
    );
    expect(text(picture(grids), { columns: 40 })).toMatchInlineSnapshot(`
      "title

        0  1  2  3  4  5  6  7

          0  1  2  3  4  5  6  7
      "
    `);
  });

  it('keeps the colours apart where there are any', () => {
    const marks = [cell(0, 0, 'window', { text: '1' }), cell(32, 0, 'pad', { text: '0' })];
    expect(text(picture(marks))).toContain('[ 1] 0)');
    const colored = text(picture(marks), { color: true });
    expect(colored).toContain('\u001b[0;48;5;153;38;5;');
    expect(uncoloured(colored)).not.toContain('[');
  });

  it('says nothing a terminal obeys', () => {
    const hostile = '\u001b[2J\u001b]0;x\u0007\u009b1m\u202e';
    const marks = [cell(0, 0, 'window', { text: hostile }), label(0, 60, hostile, { anchor: 'start' })];
    const said = text(picture(marks, { title: hostile, description: hostile }));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    expect(said).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/);
  });

  it('gives a Chinese character two columns', () => {
    const marks = [
      cell(0, 0, 'input', { text: '核' }),
      cell(32, 0, 'input', { text: '步幅' }),
      label(100, 16, '卷积', { anchor: 'start' }),
    ];
    expect(text(picture(marks, { title: '填充'.repeat(30) }), { columns: 40 })).toMatchInlineSnapshot(`
      "填充填充填充填充填充填充填充填充填充填充
      填充填充填充填充填充填充填充填充填充填充
      填充填充填充填充填充填充填充填充填充填充

        核  步幅   卷积
      "
    `);
  });

  it('draws nothing of nothing', () => {
    expect(text(picture([]))).toBe('title\n');
    expect(text(heatFigure([parse('1x1x0x0 k1 -> 1')]).frame(0))).toContain('there is nothing to read');
  });

  it('has the same letters each time', () => {
    expect(drawn('strip 1x1x8 k3 p1 -> 1')).toBe(drawn('strip 1x1x8 k3 p1 -> 1'));
  });
});

it('finds the nearest of 256 colours', () => {
  expect(['#000000', '#ffffff', '#5fafff', '#808080', '#121212'].map(nearest)).toEqual([
    16, 231, 75, 244, 233,
  ]);
});

function uncoloured(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return line.replaceAll(/\u001b\[[\d;]*m/g, '');
}

describe('words that stand there already', () => {
  const chineseOf = (line: string) => text(figure(line).frame(0), { catalogue: chinese, columns: 80 });

  it.each([
    ['heat 1x1x8x8 k2 -> 1', /Each pixel is read 1 to 4 times/g],
    ['window 1x1x5x5 k3 s2 p1 -> 1', /\+ 0\*3 \+ 0\*4 \+ 1\*5/g],
    ['window 1x1x8 k3 p2,0 -> 1', /output t reads nothing after t/g],
    ['strip 1x1x8 k4 s2 p1 -> 1 with unpadded', /3 windows fit/g],
    ['channels 1x4x8x8 k3 g2 -> 4', /every filter sums/g],
    ['reach 1x1x16 k3 s2 p1 -> 1', /receptive field is 3 wide/g],
    ['reach-map 1x1x8x8 k3 p1 -> 1', /reads 4 pixels/g],
    ['shift 1x1x8 k3 p1 -> 1 vs 1x1x8 k3 p0,2 -> 1', /shifted by 1 input px/g],
    ['shift-map 1x1x8x8 k3 p1 -> 1 vs 1x1x8x8 k3 p0,2 -> 1', /shift \(1, 1\) input px/g],
    ['drift 1x1x8 k3 p1 -> 1 vs 1x1x8 k3 p0,2 -> 1', /1 input px apart/g],
  ])('of %s stand there once', (line, words) => {
    const said = drawn(line).replaceAll('\n', ' ');
    expect(said.match(words)).toHaveLength(1);
  });

  it('in Chinese too', () => {
    const said = chineseOf('shift 1x1x8 k3 p1 -> 1 vs 1x1x8 k3 p0,2 -> 1');
    expect(said.match(/形状相同，但错开 1 个输入像素。/g)).toHaveLength(1);
    expect(said.match(/偏右 1 个输入像素。/g)).toHaveLength(1);
  });

  it('and what is cut off stands in tables', () => {
    const said = drawn('reach 1x1x32 k3 s2 p1 -> 1 then 1x1x16 k3 s2 p1 -> 1');
    expect(said).toContain('Cut at 80 columns');
    expect(said).toMatch(/after step 1 +16 +3 +2 +0\.\.1\n/);
    for (const line of said.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});
