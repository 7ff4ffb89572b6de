// Every figure's twin: each view has its tables, with the right numbers, bounded, and saying how much they leave out.

import { describe, expect, it } from 'vitest';
import { VIEWS } from './drawing.ts';
import { figure } from './open.ts';
import type { Table } from './picture.ts';

const DRAWN: Readonly<Record<(typeof VIEWS)[number], string>> = {
  window: 'window 1x1x3x3 k2 p1 -> 1',
  strip: 'strip 1x1x8 k4 s2 p1 -> 1 with unpadded',
  scatter: 'scatter 1x1x3x3 k3 i2 p1 flip -> 1',
  channels: 'channels 1x4x8x8 k3 g2 -> 4',
  heat: 'heat 1x1x3x3 k2 -> 1',
  reach: 'reach 1x1x32 k3 s2 p1 -> 1 then 1x1x16 k3 s2 p1 -> 1',
  'reach-map': 'reach-map 1x1x8x8 k3 s2 d2 p1 -> 1',
  shift: 'shift 1x1x8 k3 s2 p1 -> 1 vs 1x1x8 k3 s2 p0,1 -> 1 with names=torch,keras',
  'shift-map': 'shift-map 1x1x8x8 k3 s2 p1 -> 1 vs 1x1x8x8 k3 s2 p0,1 -> 1 with names=torch,keras',
  drift:
    'drift 1x1x32 k3 s2 p1 -> 1 then 1x1x16 k3 s2 p1 -> 1 vs 1x1x32 k3 s2 p0,1 -> 1 then 1x1x16 k3 s2 p0,1 -> 1',
};

/** Captions, heads and rows as words. */
const words = (tables: readonly Table[]) =>
  tables.map(({ caption, head, rows }) => [
    String(caption),
    head.map(String).join(' | '),
    ...rows.map((row) => row.map(String).join(' | ')),
  ]);
const tablesOf = (line: string, frame = 0) => words(figure(line).frame(frame).tables);

describe('the tables of a figure', () => {
  it.each(VIEWS)('%s: there are some on every frame, rows as long as their head', (view) => {
    const drawn = figure(DRAWN[view]);
    for (const frame of [0, drawn.frames - 1]) {
      const { tables } = drawn.frame(frame);
      expect(tables.length).toBeGreaterThan(0);
      for (const { head, rows } of tables) {
        expect(rows.length).toBeGreaterThan(0);
        for (const row of rows) expect(row).toHaveLength(head.length);
      }
    }
  });

  it('of a window', () => {
    expect(tablesOf(DRAWN.window).at(-1)).toEqual([
      'output 4×4',
      ' | 0 | 1 | 2 | 3',
      '0 | 0 | 3 | 8 | 4',
      '1 | 9 | 19 | 25 | 10',
      '2 | 21 | 37 | 43 | 16',
      '3 | 6 | 7 | 8 | 0',
    ]);
  });

  it('of all windows, with the one that does not fit', () => {
    expect(tablesOf(DRAWN.strip).at(-1)).toEqual([
      'Windows without padding',
      'which window | first position | last position',
      'out 0 | 0 | 3',
      'out 1 | 2 | 5',
      'out 2 | 4 | 7',
      'out 3 does not fit | 6 | 9',
    ]);
  });

  it('of a transposed convolution: its natural output and what is kept of it', () => {
    const [, , natural, kept] = tablesOf('scatter 1x1x3 k3 i2 p1,2 flip -> 1');
    expect(natural?.[2]).toBe('0 | 0 | 0 | 0 | 1 | 2 | 2 | 4');
    expect(kept).toEqual(['output 6', ' | 0 | 1 | 2 | 3 | 4 | 5', '0 | 0 | 0 | 1 | 2 | 2 | 4']);
  });

  it('of groups', () => {
    expect(tablesOf(DRAWN.channels)[0]?.slice(2)).toEqual([
      '0 | 0 | 0..1',
      '1 | 0 | 0..1',
      '2 | 1 | 2..3',
      '3 | 1 | 2..3',
    ]);
  });

  it('of use', () => {
    expect(tablesOf(DRAWN.heat)[0]?.slice(2)).toEqual(['0 | 1 | 2 | 1', '1 | 2 | 4 | 2', '2 | 1 | 2 | 1']);
  });

  it('of receptive fields', () => {
    expect(tablesOf(DRAWN.reach, 1)[0]?.slice(1)).toEqual([
      ' | elements | receptive field (px) | jump (px) | what is read',
      'input | 32 | 1 | 1 | 1..7',
      'after step 1 | 16 | 3 | 2 | 1..3',
      'output | 8 | 7 | 4 | 1',
    ]);
    expect(tablesOf(DRAWN['reach-map'], 1)).toEqual([
      [
        'What output (0, 1) reads',
        'axis | what is read | elements | receptive field (px) | centre (px)',
        'rows | 1, 3 | 2 | -1..3 | 1',
        'columns | 1, 3, 5 | 3 | 1..5 | 3',
      ],
    ]);
  });

  it('of many pieces that are read lists the first', () => {
    const [table] = tablesOf('reach-map 1x1x64x64 k9 d5 -> 1');
    expect(table?.[2]).toBe('rows | 0, 5, 10, 15, 20, 25 and 3 more pieces | 9 | 0..40 | 20');
  });

  it('of two layers', () => {
    expect(tablesOf(DRAWN.shift)[0]?.slice(0, 4)).toEqual([
      'Where each output is centred, in input px',
      'output | torch | keras | shift, in input px',
      '0 | 0 | 1 | 1',
      '1 | 2 | 3 | 1',
    ]);
    expect(tablesOf(DRAWN['shift-map'], 1)).toEqual([
      [
        'Windows and centres of output (0, 1), in input px',
        'axis | window of torch | window of keras | centre of torch | centre of keras | shift, in input px',
        'rows | -1..1 | 0..2 | 0 | 1 | 1',
        'columns | 1..3 | 2..4 | 2 | 3 | 1',
      ],
    ]);
    expect(tablesOf(DRAWN.drift)[0]?.slice(2)).toEqual(['1 | 0 | 1 | +1', '2 | 0 | 3 | +3']);
  });

  it.each([
    ['strip 1x1x512 k3 p1 -> 1', 'Windows on one axis: 15 of 512, 497 left out'],
    ['channels 1x512x8x8 k3 -> 512', 'What each output channel sums: 4 of 512, 508 left out'],
    [
      'shift 1x1x512 k3 s2 p1 -> 1 vs 1x1x512 k3 s2 p0,1 -> 1',
      /^Where each output is centred, in input px: \d+ of 256, \d+ left out$/,
    ],
    [
      `drift ${['p1', 'p2,0'].map((pads) => Array(12).fill(`1x1x8 k3 ${pads} -> 1`).join(' then ')).join(' vs ')}`,
      'Where output 0 is centred, in input px: 7 of 12, 5 left out',
    ],
    [
      `reach ${Array(40).fill('1x1x8 k3 p1 -> 1').join(' then ')}`,
      'What each output reads through 40 steps: 24 of 41, 17 left out',
    ],
  ])('of %s are bounded and say so', (line, caption) => {
    const [table] = figure(line).frame(0).tables;
    expect(String(table?.caption)).toEqual(expect.stringMatching(caption));
    expect(table?.rows.length).toBeLessThan(40);
  });
});

describe('a very large window', () => {
  it.each([
    'window 1x1x512x512 k127 -> 1',
    'window 1x1x512x512 k511 p255 -> 1',
    'window 1x1x512x512 max k63 with limit=64',
    'window 1x1x64x64x64 max k15',
  ])('%s is drawn without its outputs: there would be too much to add up', (line) => {
    const outputs = figure(line)
      .frame(0)
      .marks.filter((mark) => mark.kind === 'box' && mark.place?.grid === 'output');
    expect(outputs.length).toBeGreaterThan(0);
    expect(outputs.every((mark) => mark.kind === 'box' && mark.text === undefined)).toBe(true);
  });

  it('of fewer reads has all of them', () => {
    const outputs = figure('window 1x1x512x512 k15 p7 -> 1')
      .frame(0)
      .marks.filter((mark) => mark.kind === 'box' && mark.place?.grid === 'output');
    expect(outputs.every((mark) => mark.kind === 'box' && mark.text !== undefined)).toBe(true);
  });
});
