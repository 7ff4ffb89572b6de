import { dialects } from 'padwise/dialects';
import { reachFigure, reachMapFigure } from 'padwise/draw';
import { readLayers } from 'padwise/python';
import { expect, test } from 'vitest';
import { apart, asUsual } from './against.ts';
import { nearSizes, outputs, type Reading, readStack, stepsTo, subject } from './reading.ts';
import { examples, printState, readState } from './state.ts';
import { bounds, frameOf, nearestOutput, stepped, within } from './view.ts';

const layersOf = (code: string) => readLayers(code, { dialects });
const read = (code: string, sizes: readonly number[]) => readStack(layersOf(code), sizes) as Reading;

test('the first example is ResNet, whose outputs see 35 pixels', () => {
  const { state } = examples[0];
  const { rows, parameters } = read(state.code, state.sizes);
  expect(rows.map(({ seen }) => seen[0]?.field)).toEqual([7, 11, 19, 27, 35]);
  expect(rows.at(-1)?.output).toEqual([1, 128, 28, 28]);
  expect(rows.at(-1)?.seen[1]).toEqual({ field: 35, jump: 8, centre: 0 });
  expect(parameters).toBe(9472 + 2 * 36928 + 73856);
  expect(outputs(rows, 4, 2)).toEqual([28, 28]);
});

test('every example reads, and its outputs can be looked from', () => {
  for (const { state } of examples) {
    const reading = read(state.code, state.sizes);
    const to = subject(reading.rows, null) as number;
    const { steps, names } = stepsTo(reading.rows, to);
    expect(names).toHaveLength(steps.length);
    expect(reachFigure(steps, { names }).frames).toBeGreaterThan(0);
    expect(readState(printState(state))).toEqual({ state, wrong: null });
  }
});

test('five layers of stride 2 end 31 pixels apart, after the same shapes', () => {
  const { state } = examples.at(-1) as (typeof examples)[0];
  const [first, second] = [state.code, state.other as string].map((code) => read(code, [224])) as [
    Reading,
    Reading,
  ];
  expect(apart(first, second, 1)).toEqual({ shift: 31, jump: 32, sameShape: true });
  const keras = dialects.find(({ id }) => id === 'keras') as (typeof dialects)[0];
  const usual = read(asUsual(first, keras) as string, [224]);
  expect(apart(first, usual, 0).shift).toBe(31);
});

test('layers behind a flattening see nothing, and are not looked from', () => {
  const { rows } = read('nn.Sequential(nn.Conv2d(1, 2, 3), nn.Flatten(), nn.Linear(72, 4))', [8]);
  expect(rows.map(({ seen }) => seen.length)).toEqual([2, 0, 0]);
  expect(subject(rows, null)).toBe(0);
  expect(subject(rows, 2)).toBe(0);
});

test('what is dropped is told at the layer, and the nearest sizes that drop nothing are found', () => {
  const layers = layersOf('nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2), nn.MaxPool2d(2))');
  const { rows } = readStack(layers, [9]) as Reading;
  expect(rows.map(({ dropped }) => dropped)).toEqual([[], [1, 1], [1, 1]]);
  const near = nearSizes(layers, [9]);
  expect(near).toMatchObject({ isLegal: true, isWhole: false });
  expect(near?.whole).toEqual({ below: [6, 6], above: [10, 10] });
});

test('a size of the wrong number of axes is none', () => {
  expect(readStack(layersOf('nn.Conv1d(1, 2, 3)'), [8, 8])).toBeNull();
});

test('what an address says badly is told in a sentence', () => {
  expect(String(readState(['224 <b>', '=x']).wrong)).toBe('This link was not understood: <b>');
  expect(readState(['-5', '=x']).state.sizes).toEqual([224]);
  expect(readState(['64x32 to2 axis0', '=a', '=b'])).toEqual({
    state: { sizes: [64, 32], to: 1, axis: 0, code: 'a', other: 'b' },
    wrong: null,
  });
});

test('of many outputs the figure made around one has a frame for it', () => {
  const { rows } = read('nn.Conv2d(1, 1, 3, padding=1)', [64]);
  const { steps } = stepsTo(rows, 0);
  for (const output of [0, 1, 199, 200, 399, 400, 2047, 3700, 4095]) {
    const { around, frame } = frameOf(64 * 64, output);
    const { description } = reachMapFigure(steps, { around }).frame(frame);
    expect(String(description)).toContain(`Output (${Math.floor(output / 64)}, ${output % 64})`);
  }
});

test('a press on the map finds its output', () => {
  const { rows } = read('nn.Conv2d(1, 1, 3, stride=2, padding=1)', [8]);
  const { marks } = reachMapFigure(stepsTo(rows, 0).steps).frame(0);
  const box = bounds(marks, 'output');
  expect(box).not.toBeNull();
  if (box === null) return;
  expect(within(box, box.x + box.width / 2, box.y)).toEqual([0.5, 0]);
  expect(within(box, box.x - 1, box.y)).toBeNull();
  expect(nearestOutput(5, 0, 2, 4)).toBe(3);
  expect(nearestOutput(-9, 0, 2, 4)).toBe(0);
});

test('arrow keys stay inside', () => {
  expect(stepped('ArrowLeft', [1, 0], [3, 4])).toEqual([1, 0]);
  expect(stepped('ArrowDown', [1, 0], [3, 4])).toEqual([2, 0]);
  expect(stepped('End', [0, 0], [3, 4])).toEqual([2, 3]);
  expect(stepped('x', [0, 0], [3, 4])).toBeNull();
});
