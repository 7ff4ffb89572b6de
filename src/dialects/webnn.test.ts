import { describe, expect, it } from 'vitest';
import { fuse } from '../geometry/fuse.ts';
import { type Geometry, parse, print, sameGeometry } from '../geometry/index.ts';
import type { Layer, Shape } from './dialect.ts';
import { readLayer, readLayers } from './python.ts';
import { usual, write } from './webnn/spelling.ts';
import { webnn } from './webnn.ts';

const read = (code: string, filter: Shape = []): Layer =>
  readLayer(code, { dialects: [webnn], tensors: { filter } });
const problem = (code: string, input: Shape, filter?: Shape) =>
  read(code, filter).resolve(input).steps.map(print).join(' then ');
const refused = (code: string, input: Shape, filter?: Shape) => {
  try {
    read(code, filter).resolve(input);
  } catch (error) {
    return (error as Error).message;
  }
  return 'accepted';
};

const plane: Shape = [1, 4, 9, 9];

describe('reading', () => {
  it.each([
    ['builder.conv2d(x, filter)', [6, 4, 3, 3], '1x4x9x9 k3 -> 6'],
    [
      'builder.conv2d(x, filter, {padding: [1, 2, 3, 0], strides: [2, 1], dilations: [1, 2]})',
      [6, 4, 3, 3],
      '1x4x9x9 k3 s2x1 d1x2 p1,2x3,0 -> 6',
    ],
    ['builder.conv2d(x, filter, {groups: 2, filterLayout: "hwio"})', [3, 5, 2, 6], '1x4x9x9 k3x5 g2 -> 6'],
    [
      'builder.convTranspose2d(x, filter, {strides: [2, 2], padding: [1, 1, 1, 1], outputPadding: [1, 1]})',
      [4, 6, 3, 3],
      '1x4x9x9 k3 i2 p1,2 flip -> 6',
    ],
    [
      'builder.convTranspose2d(x, filter, {strides: [2, 2], outputSizes: [20, 19], groups: 2})',
      [4, 3, 3, 3],
      '1x4x9x9 k3 i2 p2,3x2 g2 flip -> 6',
    ],
    ['builder.maxPool2d(x)', [], '1x4x9x9 max k9'],
    [
      'builder.averagePool2d(x, {windowDimensions: [2, 2], strides: [2, 2], padding: [0, 0, 1, 1]})',
      [],
      '1x4x9x9 avg k2 s2 p0x1 /real',
    ],
    [
      'builder.maxPool2d(x, {windowDimensions: [2, 2], strides: [2, 2], roundingType: "ceil"})',
      [],
      '1x4x9x9 max k2 s2 o1',
    ],
    [
      'builder.maxPool2d(x, {windowDimensions: [2, 2], strides: [2, 2], outputSizes: [5, 4]})',
      [],
      '1x4x9x9 max k2 s2 o1x0',
    ],
    ['builder.pad(x, [0, 0, 1, 0], [0, 0, 2, 3], {mode: "edge"})', [], '1x4x9x9 pad p1,2x0,3 fill=replicate'],
    ['builder.slice(x, [0, 0, 1, 2], [1, 4, 7, 7])', [], '1x4x9x9 pad p-1x-2,0'],
  ] as [string, Shape, string][])('%s', (code, filter, expected) => {
    expect(problem(code, plane, filter)).toBe(expected);
  });

  it('knows the order of every filter', () => {
    const order = (code: string, filter: Shape) => read(code, filter).parameters(4)[0]?.order;
    for (const [layout, shape, expected] of [
      ['oihw', [6, 2, 3, 5], 'go i k'],
      ['hwio', [3, 5, 2, 6], 'k i go'],
      ['ohwi', [6, 3, 5, 2], 'go k i'],
      ['ihwo', [2, 3, 5, 6], 'i k go'],
    ] as const)
      expect(order(`builder.conv2d(x, filter, {groups: 2, filterLayout: "${layout}"})`, shape)).toBe(
        expected,
      );
    for (const [layout, shape, expected] of [
      ['iohw', [4, 3, 3, 5], 'gi o k'],
      ['hwoi', [3, 5, 3, 4], 'k o gi'],
      ['ohwi', [3, 3, 5, 4], 'o k gi'],
    ] as const)
      expect(order(`builder.convTranspose2d(x, filter, {groups: 2, filterLayout: "${layout}"})`, shape)).toBe(
        expected,
      );
  });

  it('says that nothing was run', () => {
    expect(read('builder.maxPool2d(x)').notes.map(String)).toEqual([
      'WebNN was read in its specification, not run.',
    ]);
  });
});

describe('refusing', () => {
  it.each([
    [
      'builder.conv2d(x, filter, {padding: 1})',
      'builder.conv2d: padding: expected 4 integers >= 0, received 1',
    ],
    [
      'builder.conv2d(x, filter, {strides: [0, 1]})',
      'builder.conv2d: strides: expected an integer >= 1 or 2 of them, received [0, 1]',
    ],
    ['builder.conv2d(x, filter, {autoPad: "same-upper"})', 'builder.conv2d: has no argument autoPad'],
    [
      'builder.conv2d(x, filter, {groups: 2})',
      'builder.conv2d: expected 8 input channels, received 4 in 1x4x9x9.',
    ],
    [
      'builder.conv2d(x, filter, {dilations: [9, 9]})',
      'builder.conv2d: the window spans 19 on axis 0, but the padded input is 9 wide (9 + 0 + 0). [1x4x9x9 k3 d9 -> 4]',
    ],
    [
      'builder.convTranspose2d(x, filter, {strides: [2, 2], outputPadding: [2, 0]})',
      'builder.convTranspose2d: outputPadding 2 must be smaller than strides 2 on axis 0.',
    ],
    [
      'builder.convTranspose2d(x, filter, {outputSizes: [12, 11]})',
      'builder.convTranspose2d: outputSizes 12 on axis 0 must lie from 11 to 11.',
    ],
    [
      'builder.maxPool2d(x, {windowDimensions: [2, 2], strides: [2, 2], outputSizes: [3, 4]})',
      'builder.maxPool2d: outputSizes 3 on axis 0 must be 4 or 5.',
    ],
    ['builder.l2Pool2d(x)', 'builder.l2Pool2d: padwise has no pooling by the root of squares.'],
    [
      'builder.pad(x, [0, 0, 9, 0], [0, 0, 0, 0], {mode: "reflection"})',
      'builder.pad: reflect padding by 9 needs more than the 9 elements of dimension 2.',
    ],
  ])('%s', (code, message) => {
    expect(refused(code, plane, [4, 4, 3, 3])).toBe(`webnn ${message}`);
  });
});

describe('writing', () => {
  const lines = (text: string, bias = true) => {
    const said = write(parse(text), bias);
    return 'lines' in said ? said.lines : String(said.impossible);
  };
  it.each([
    [
      '1x3x64x64 k4 s2 p1,2 -> 6',
      ['builder.conv2d(x, filter, {padding: [1, 2, 1, 2], strides: [2, 2], bias: bias})'],
    ],
    [
      '1x4x3x3 k3 i2 p2,1 flip -> 6',
      ['builder.convTranspose2d(x, filter, {padding: [0, 1, 0, 1], strides: [2, 2], bias: bias})'],
    ],
    [
      '1x4x9x9 max k3 s2 p1',
      ['builder.maxPool2d(x, {windowDimensions: [3, 3], padding: [1, 1, 1, 1], strides: [2, 2]})'],
    ],
    ['1x4x9 k3 -> 6', 'WebNN convolves and pools in two dimensions only'],
  ])('%s', (text, expected) => {
    expect(lines(text)).toEqual(expected);
  });

  it('says the usual pads', () => {
    expect(usual(parse('1x3x64x64 k3 s2 p0,1 -> 6'))).toBe(
      'builder.conv2d(x, filter, {padding: [1, 1, 1, 1], strides: [2, 2], bias: bias})',
    );
  });

  it('reads what it writes', () => {
    let written = 0;
    for (const kernel of [1, 2, 3])
      for (const rest of ['', ' s2', ' s3', ' d2', ' i2 flip'])
        for (const pads of ['0', '1', '0,2', '2,1', '-1,1'])
          for (const kind of ['', 'max ', 'avg ']) {
            if (kind !== '' && rest.includes('flip')) continue;
            const of = parse(
              `1x2x6x7 ${kind}k${kernel}${rest.replace(' flip', '')} p${pads}${rest.includes('flip') ? ' flip' : ''}${kind === '' ? ' -> 3' : ''}`,
            );
            const said = write(of, true);
            if ('impossible' in said) continue;
            const layers = readLayers(said.lines.join('\n'), {
              dialects: [webnn],
              tensors: { ...said.tensors, x: [] },
            });
            let shape: Shape = [1, 2, 6, 7];
            const steps = layers.flatMap((layer) => {
              const resolved = layer.resolve(shape);
              shape = resolved.output;
              return resolved.steps;
            });
            const [fused, more] = fuse(steps, true);
            expect(more, said.lines.join('; ')).toBeUndefined();
            expect(sameGeometry(fused as Geometry, of), said.lines.join('; ')).toBe(true);
            written += 1;
          }
    expect(written).toBeGreaterThan(130);
  });
});
