// The textbook's section on padding and stride, alive. Source of the facts: docs/lesson.md; the example pictures and numbers
// are those of Zhang et al., "Dive into Deep Learning", 7.3.

import { figure } from 'padwise/draw';
import { type Axis, axis, fullPads, geometry, out, remainder, samePads, utilisation } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Stepper } from '../controls/stepper.tsx';
import { countingFigure } from './counting.ts';
import { Frameworks } from './frameworks.tsx';
import { useExperiment } from './lesson.tsx';
import { Choice, Controls, Further, LessonFigure, Para, Section } from './section.tsx';

const BOOK = 'with input=0,1,2,3,4,5,6,7,8 kernel=0,1,2,3';
const size = (usual: number, most = 16) => ({ least: 1, most, usual });

/** The lesson. */
export function Textbook(): JSX.Element {
  return (
    <>
      <Para
        text={say`Two numbers decide how large the output of a convolution is and which pixels it looks at. The figures on this page move: play them, step through them, or point at an output.`}
      />
      <Used />
      <Padding />
      <Equal />
      <Zeros />
      <Stride />
      <Frameworks />
      <Further
        links={[
          [say`Now try it yourself: the exercises`, 'lessons', ['exercises']],
          [say`Change everything in the lab`, 'lab', ['8x8 k3 p1']],
        ]}
      />
    </>
  );
}

function Used(): JSX.Element {
  const used = useExperiment('used', {});
  const drawn = useMemo(
    () => figure('heat 1x1x8x8 k1 -> 1 vs 1x1x8x8 k2 -> 1 vs 1x1x8x8 k3 -> 1 with names=1x1,2x2,3x3'),
    [],
  );
  const [edge, middle] = ends(utilisation(axis({ size: 8, kernel: 3 })));
  const left = 240 - 10 * (5 - 1);
  return (
    <Section name="used" title={say`Pixels at the border count for less`}>
      <Para
        text={say`Slide a 3×3 kernel over an 8×8 picture. A pixel in the corner lies under ${edge * edge} of its windows, one in the middle under ${middle * middle}. The larger the kernel, the less the border has to say:`}
        tones={['output', 'output']}
      />
      <LessonFigure figure={drawn} of={used} />
      <Para
        text={say`And every layer takes kernel − 1 rows and columns away. Ten layers of 5×5 leave ${left}×${left} of ${240}×${240}: ${Math.round(100 * (1 - (left / 240) ** 2))} % of the picture is gone.`}
      />
    </Section>
  );
}

function Padding(): JSX.Element {
  const padding = useExperiment('padding', {});
  const drawn = useMemo(() => figure(`window 1x1x3x3 k2 p1 -> 1 ${BOOK}`), []);
  const pads = useExperiment('pads', {
    n: size(8),
    k: size(3, 9),
    b: { least: 0, most: 8, usual: 1 },
    a: { least: 0, most: 8, usual: 1 },
  });
  const { n, k, b, a } = pads.values;
  const one = axis({ size: n, kernel: k, before: b, after: a });
  return (
    <Section name="padding" title={say`Padding`}>
      <Para
        text={say`Padding puts extra positions around the input, mostly zeros. Here a border of one zero surrounds a 3×3 input. The window multiplies what it covers by the kernel, number by number, and adds up:`}
      />
      <LessonFigure figure={drawn} of={padding} first={1} />
      <Para
        text={say`With ${b} before and ${a} after, ${n} elements and a kernel of ${k} give`}
        tones={['pad', 'pad', 'size', 'kernel']}
      />
      <p class="lesson-sum">
        <Formula one={one} />
      </p>
      <Controls>
        <Stepper
          label={say`Size`}
          tone="size"
          value={n}
          min={1}
          max={16}
          onChange={(n, how) => pads.set({ n }, how)}
        />
        <Stepper
          label={say`Kernel`}
          tone="kernel"
          value={k}
          min={1}
          max={9}
          onChange={(k, how) => pads.set({ k }, how)}
        />
        <Stepper
          label={say`Before`}
          tone="pad"
          value={b}
          max={8}
          onChange={(b, how) => pads.set({ b }, how)}
        />
        <Stepper
          label={say`After`}
          tone="pad"
          value={a}
          max={8}
          onChange={(a, how) => pads.set({ a }, how)}
        />
      </Controls>
      <Para kind="finding" text={keeping(one)} />
      <Para
        text={say`So before + after = kernel − 1 keeps the size. An odd kernel splits that evenly. For an even one somebody has to decide where the odd pad goes; TensorFlow, Keras, JAX and the 'same' of PyTorch put it after.`}
      />
    </Section>
  );
}

/** out = size + before + after - kernel + 1, in numbers. */
function Formula({ one }: { readonly one: Axis }): JSX.Element {
  const parts: readonly (readonly [number | string, string | null])[] = [
    [one.size, 'size'],
    [' + ', null],
    [one.before, 'pad'],
    [' + ', null],
    [one.after, 'pad'],
    [' − ', null],
    [one.kernel, 'kernel'],
    [' + 1 = ', null],
    [out(one), 'output'],
  ];
  return (
    <>
      {parts.map(([text, tone], i) =>
        tone === null ? (
          text
        ) : (
          <b key={i} class={`tone ${tone}`}>
            {text}
          </b>
        ),
      )}
    </>
  );
}

function keeping(one: Axis): Text {
  const outputs = out(one);
  const needed = one.kernel - 1;
  if (outputs === 0) return say`The window is longer than everything it could lie on: there is no output.`;
  if (outputs === one.size) return say`The output is as large as the input.`;
  return outputs < one.size
    ? say`The output is ${one.size - outputs} smaller; a total padding of ${needed} would keep the size.`
    : say`The output is ${outputs - one.size} larger; a total padding of ${needed} would keep the size.`;
}

const PADS = ['valid', 'same', 'full'] as const;

function Equal(): JSX.Element {
  const equal = useExperiment('equal', { k: size(3, 6), pads: PADS });
  const { k, pads } = equal.values;
  const one = useMemo(() => {
    const window = { size: 8, kernel: k, stride: 1, dilation: 1 };
    const [before, after] = pads === 'same' ? samePads(window) : pads === 'full' ? fullPads(window) : [0, 0];
    return axis({ ...window, before, after });
  }, [k, pads]);
  const drawn = useMemo(() => countingFigure(one), [one]);
  return (
    <Section name="equal" title={say`Does padding make all pixels count the same?`}>
      <Para text={say`Many a textbook says so: with padding, all pixels are used equally often. Count it:`} />
      <Controls>
        <Choice
          label={say`Padding`}
          chosen={pads}
          onChoose={(pads) => equal.set({ pads })}
          options={[
            ['valid', say`none`],
            ['same', say`same: keeps the size`],
            ['full', say`full: kernel − 1 on both sides`],
          ]}
        />
        <Stepper
          label={say`Kernel`}
          tone="kernel"
          value={k}
          min={1}
          max={6}
          onChange={(k, how) => equal.set({ k }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={equal} first={drawn.frames - 1} />
      <Para kind="finding" text={evenness(one)} />
      <Para
        kind="point"
        text={say`**Padding that keeps the size helps the border, but does not make all pixels equal. Only full padding does.**`}
      />
    </Section>
  );
}

function evenness(one: Axis): Text {
  const [least, most] = ends(utilisation(one));
  if (one.kernel === 1) return say`A kernel of 1 reads every element once; it needs no padding.`;
  if (least === most) return say`All elements are read ${most} times: they count the same.`;
  return say`The outermost element lies under ${least} of the windows, one in the middle under ${most}: they do not count the same.`;
}

/** The least and the most. */
function ends(counts: readonly number[]): readonly [number, number] {
  return [Math.min(...counts), Math.max(...counts)];
}

const FILLS = ['zeros', 'reflect'] as const;

function Zeros(): JSX.Element {
  const zeros = useExperiment('zeros', { fill: FILLS });
  const { fill } = zeros.values;
  const drawn = useMemo(() => {
    const ones = (count: number) => Array.from({ length: count }, () => 1).join();
    const given = `input=${ones(16)} kernel=${ones(9)}`;
    return figure(`window 1x1x4x4 k3 p1${fill === 'reflect' ? ' fill=reflect' : ''} -> 1 with ${given}`);
  }, [fill]);
  return (
    <Section name="zeros" title={say`Zeros show where the border is`}>
      <Para
        text={say`Zeros are no part of the picture, and the numbers beside them show it. A picture of ones under a kernel of ones gives 9 inside, 6 at an edge and 4 in a corner: a network can read its position off the padding. Mirrored padding does not give it away.`}
      />
      <Controls>
        <Choice
          label={say`The padding holds`}
          chosen={fill}
          onChoose={(fill) => zeros.set({ fill })}
          options={[
            ['zeros', say`zeros`],
            ['reflect', say`the picture, mirrored`],
          ]}
        />
      </Controls>
      <LessonFigure figure={drawn} of={zeros} />
    </Section>
  );
}

function Stride(): JSX.Element {
  const stride = useExperiment('stride', { d: size(3, 4), r: size(2, 4) });
  const { d: down, r: right } = stride.values;
  const of = useMemo(
    () =>
      geometry({
        axes: [down, right].map((stride) => ({ size: 3, kernel: 2, before: 1, after: 1, stride })),
      }),
    [down, right],
  );
  const drawn = useMemo(() => figure(`window 1x1x3x3 k2 s${down}x${right} p1 -> 1 ${BOOK}`), [down, right]);
  const [rows, columns] = of.axes as [Axis, Axis];
  return (
    <Section name="stride" title={say`Stride`}>
      <Para
        text={say`The stride is how far the window moves. The same padded input, ${down} rows and ${right} columns at a time:`}
        tones={['stride', 'stride']}
      />
      <Controls>
        <Stepper
          label={say`Stride down`}
          tone="stride"
          value={down}
          min={1}
          max={4}
          onChange={(d, how) => stride.set({ d }, how)}
        />
        <Stepper
          label={say`Stride across`}
          tone="stride"
          value={right}
          min={1}
          max={4}
          onChange={(r, how) => stride.set({ r }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={stride} first={Math.min(1, drawn.frames - 1)} />
      <p class="lesson-sum">
        {`⌊(3 + 1 + 1 − 2) / ${down}⌋ + 1 = ${out(rows)}    ⌊(3 + 1 + 1 − 2) / ${right}⌋ + 1 = ${out(columns)}`}
      </p>
      <Para kind="finding" text={skipped(rows, columns)} />
      <Para
        text={say`With before + after = kernel − 1 the output is size / stride, rounded up; and exactly size / stride where the stride divides the size.`}
      />
    </Section>
  );
}

/** What no window reads, and why. */
function skipped(rows: Axis, columns: Axis): Text {
  const both = [rows, columns];
  const leaps = both.some(({ stride, kernel }) => stride > kernel);
  const rests = both.some((one) => remainder(one) > 0);
  if (leaps && rests)
    return say`What lies between two windows is never read, and a window that no longer fits at the end is not computed.`;
  if (leaps) return say`The stride is larger than the kernel: what lies between two windows is never read.`;
  if (rests)
    return say`A window that no longer fits at the end is not computed: the hatched positions are never read.`;
  return say`The last window ends exactly where the padding ends.`;
}
