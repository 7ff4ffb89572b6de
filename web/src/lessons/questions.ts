// The textbook's exercises. No answer is stored here: each is computed from the geometry of the layer in question.
//
//   1 the last shape    2 sound    3 mirror padding    4 what a stride saves    5 what it does for statistics    6 a stride of 1/2

import {
  type Axis,
  axis,
  extent,
  type Fill,
  type Geometry,
  multiplyAdds,
  naturalSize,
  out,
  outputShape,
  parse,
  source,
  start,
} from 'padwise/geometry';
import { say, type Text } from 'padwise/words';

/** One question with a field for its answer. */
export interface Question {
  readonly name: string;
  readonly ask: Text;
  readonly hint: Text;
  readonly expected: () => readonly number[];
}

/** One exercise: what it is about, its questions and the figure that shows the answer. */
export interface Exercise {
  readonly name: string;
  readonly title: Text;
  readonly story: Text;
  readonly questions: readonly Question[];
  /** What the figure shows, once it is asked for. */
  readonly worked: Text;
}

/** The layer of exercise 4, by its stride. */
export function saving(stride: number): Geometry {
  return parse(`1x64x224x224 k3 s${stride} p1 -> 64`);
}

/** The sound of exercise 2: a sample up, a sample down. */
export const SOUND: readonly number[] = [1, -1, 1, -1, 1, -1, 1, -1];

/** The row of exercise 3. */
export const ROW: readonly number[] = [1, 2, 3, 4];

/** A convolution of one axis without channels, under given numbers. */
export function convolved(of: Axis, input: readonly number[], kernel: readonly number[]): number[] {
  return Array.from({ length: out(of) }, (_, o) =>
    kernel.reduce((sum, weight, tap) => sum + weight * held(of, input, start(of, o) + tap * of.dilation), 0),
  );
}

/** What a position holds: an element, a copy of one, or padding's constant. */
function held(of: Axis, input: readonly number[], position: number): number {
  const found = source(of, position);
  return 'index' in found ? (input[found.index] ?? 0) : found.constant;
}

/** A row with what padding puts around it. */
export function padded(fill: Fill): number[] {
  const of = axis({ size: ROW.length, kernel: 1, before: 2, after: 2, fillBefore: fill, fillAfter: fill });
  return convolved(of, ROW, [1]);
}

/** The kernel of 3 of exercise 6, on three elements: what its transposed convolution with stride 2 writes. */
export function upsampled(): number[] {
  const line = parse('1x1x3 k3 i2 p2 flip -> 1').axes[0] as Axis;
  return convolved(line, [1, 2, 3], [100, 10, 1]);
}

/** The part of a window of 3 that its neighbour reads too. */
export function shared(stride: number): number {
  const one = axis({ size: 30, kernel: 3, stride });
  return Math.max(0, start(one, 0) + extent(one) - start(one, 1)) / one.kernel;
}

/** The exercises. */
export const EXERCISES: readonly Exercise[] = [
  {
    name: 'shape',
    title: say`Check the last shape`,
    story: say`An 8×8 picture, a kernel of 3×5, a padding of 0 above and below and 1 left and right, a stride of 3 down and 4 across.`,
    questions: [
      {
        name: 'shape',
        ask: say`Height and width of the output?`,
        hint: say`⌊(size + before + after − kernel) / stride⌋ + 1, once for each axis. Height: (8 + 0 + 0 − 3) / 3. Width: (8 + 1 + 1 − 5) / 4.`,
        expected: () => outputShape(parse('1x1x8x8 k3x5 s3x4 p0x1 -> 1')).slice(2),
      },
    ],
    worked: say`The window fits twice down and twice across. The last two rows lie in no window, nor does the last column of the padding.`,
  },
  {
    name: 'sound',
    title: say`What does a stride of 2 mean for sound?`,
    story: say`Sound is a row of samples, 44100 a second. A layer with a kernel of 1 and a stride of 2 reads it.`,
    questions: [
      {
        name: 'rate',
        ask: say`How many samples a second are left?`,
        hint: say`A window at every second sample: half of them.`,
        expected: () => [out(axis({ size: 44_100, kernel: 1, stride: 2 }))],
      },
      {
        name: 'alias',
        ask: say`The fastest sound there is goes 1, −1, 1, −1, 1, −1, 1, −1. Which four numbers come out?`,
        hint: say`The windows stand at 0, 2, 4 and 6. Which samples are there?`,
        expected: () => convolved(axis({ size: 8, kernel: 1, stride: 2 }), SOUND, [1]),
      },
      {
        name: 'smooth',
        ask: say`And if the layer averages two neighbours, with a kernel of ½ and ½?`,
        hint: say`The window at 0 now reads 1 and −1.`,
        expected: () => convolved(axis({ size: 8, kernel: 2, stride: 2 }), SOUND, [0.5, 0.5]),
      },
    ],
    worked: say`Half the sampling rate. What vibrates faster than it can hold comes back as something slower: here as a constant. That is called aliasing. An average before the stride makes it silence, as it should be.`,
  },
  {
    name: 'mirror',
    title: say`Mirror padding`,
    story: say`The row 1 2 3 4 is to be padded by two on either side, not with zeros but with its own mirror image.`,
    questions: [
      {
        name: 'reflect',
        ask: say`\`reflect\`: the mirror stands on the last element, which is not repeated. Write all eight numbers.`,
        hint: say`To the right of 4 come 3 and 2. To the left of 1 it is the same the other way round.`,
        expected: () => padded('reflect'),
      },
      {
        name: 'symmetric',
        ask: say`\`symmetric\`: the mirror stands behind the last element, which is repeated.`,
        hint: say`To the right of 4 comes 4 again, then 3.`,
        expected: () => padded('symmetric'),
      },
    ],
    worked: say`The padded cells show what they hold. No zero, so no hint at where the border is.`,
  },
  {
    name: 'saving',
    title: say`What does a stride larger than 1 save?`,
    story: say`A layer from 64 channels to 64 on 224×224 pixels, with a 3×3 kernel and a padding of 1.`,
    questions: [
      {
        name: 'work',
        ask: say`By how many times do the multiplications shrink with a stride of 2 instead of 1?`,
        hint: say`Every output costs the same. Count the outputs: 224×224 become 112×112.`,
        expected: () => [multiplyAdds(saving(1)) / multiplyAdds(saving(2))],
      },
      {
        name: 'work4',
        ask: say`And with a stride of 4?`,
        hint: say`224 / 4 = 56 on both axes.`,
        expected: () => [multiplyAdds(saving(1)) / multiplyAdds(saving(4))],
      },
    ],
    worked: say`Work and memory shrink by the stride on every axis: by its square in a picture.`,
  },
  {
    name: 'statistics',
    title: say`And what is its statistical benefit?`,
    story: say`Neighbouring windows read partly the same, so their outputs repeat each other. Take a kernel of 3.`,
    questions: [
      {
        name: 'shared',
        ask: say`What part of a window does its neighbour read too, at a stride of 2?`,
        hint: say`Window 0 reads 0, 1, 2; window 1 reads 2, 3, 4.`,
        expected: () => [shared(2)],
      },
      {
        name: 'apart',
        ask: say`From which stride on do they share nothing?`,
        hint: say`Move the second window until it begins where the first one ends.`,
        expected: () => [1 + [1, 2, 3, 4, 5].findIndex((stride) => shared(stride) === 0)],
      },
    ],
    worked: say`White noise under an averaging kernel of 3: neighbouring outputs correlate by just the part that their windows share, 2/3 at stride 1, 1/3 at stride 2, not at all at stride 3. A stride throws away mostly what was said twice.`,
  },
  {
    name: 'half',
    title: say`What is a stride of 1/2?`,
    story: say`A transposed convolution with a stride of 2: every input element writes the whole kernel, two positions after the one before it. Three elements 1 2 3, a kernel 1 10 100.`,
    questions: [
      {
        name: 'natural',
        ask: say`How many positions are written?`,
        hint: say`The last element begins at (3 − 1) × 2 and writes 3.`,
        expected: () => [naturalSize({ size: 3, kernel: 3, stride: 2, dilation: 1 })],
      },
      {
        name: 'third',
        ask: say`What stands at position 2, where two of them write?`,
        hint: say`The first writes its last tap there, the second its first: 1 × 100 + 2 × 1.`,
        expected: () => upsampled().slice(2, 3),
      },
      {
        name: 'written',
        ask: say`Write all of them.`,
        hint: say`1, 10, then the sum you have; the second element goes on with 20, and so on.`,
        expected: upsampled,
      },
    ],
    worked: say`It doubles the size, as the decoder of a segmentation network needs it. Some positions are written twice, others once, because 2 does not divide 3: that is the checkerboard in generated pictures.`,
  },
];
