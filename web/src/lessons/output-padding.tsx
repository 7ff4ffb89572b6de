// What is output_padding? Facts: docs/output-padding.md.

import { figure } from 'padwise/draw';
import { geometry, naturalSize, print, sameCrop, transposedAxis } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Stepper } from '../controls/stepper.tsx';
import { useExperiment } from './lesson.tsx';
import { Choice, Controls, Further, LessonFigure, Para } from './section.tsx';

/** The lesson. */
export function OutputPadding(): JSX.Element {
  const up = useExperiment('up', {
    n: { least: 1, most: 8, usual: 3 },
    k: { least: 1, most: 6, usual: 3 },
    s: { least: 1, most: 4, usual: 2 },
    p: { least: 0, most: 5, usual: 1 },
    o: { least: 0, most: 3, usual: 0 },
    who: ['torch', 'keras'] as const,
  });
  const { n, k, s, who } = up.values;
  const window = { size: n, kernel: k, stride: s, dilation: 1 };
  const natural = naturalSize(window);
  // Something must remain, and PyTorch takes less than the stride.
  const p = Math.min(up.values.p, Math.floor((natural - 1) / 2));
  const o = Math.min(up.values.o, s - 1);
  const isTorch = who === 'torch';
  const windows = isTorch ? natural - 2 * p + o : n * s;
  const cut = isTorch ? p : sameCrop(window, windows);
  const line = print(geometry({ axes: [transposedAxis(window, cut, windows)], flip: true }));
  const digits = Array.from({ length: k }, (_, i) => 10 ** i).join();
  const counted = Array.from({ length: n }, (_, i) => i + 1).join();
  const drawn = useMemo(
    () => figure(`scatter ${line} with input=${counted} kernel=${digits}`),
    [line, counted, digits],
  );
  const end = natural - cut - windows;
  return (
    <>
      <Para
        text={say`A convolution with a stride of 2 makes one size of two: 5 and 6 both become 3. The transposed convolution goes back. To which of them?`}
      />
      <Controls>
        <Choice
          label={say`Framework`}
          chosen={who}
          onChoose={(who) => up.set({ who })}
          options={[
            ['torch', 'PyTorch'],
            ['keras', say`Keras 'same'`],
          ]}
        />
        <Stepper
          label={say`Size`}
          tone="size"
          value={n}
          min={1}
          max={8}
          onChange={(n, how) => up.set({ n }, how)}
        />
        <Stepper
          label={say`Kernel`}
          tone="kernel"
          value={k}
          min={1}
          max={6}
          onChange={(k, how) => up.set({ k }, how)}
        />
        <Stepper
          label={say`Stride`}
          tone="stride"
          value={s}
          min={1}
          max={4}
          onChange={(s, how) => up.set({ s }, how)}
        />
        {isTorch && (
          <Stepper
            label="padding"
            tone="pad"
            value={p}
            max={Math.min(5, Math.floor((natural - 1) / 2))}
            onChange={(p, how) => up.set({ p }, how)}
          />
        )}
        {isTorch && (
          <Stepper
            label="output_padding"
            tone="pad"
            value={o}
            max={Math.min(3, s - 1)}
            onChange={(o, how) => up.set({ o }, how)}
          />
        )}
      </Controls>
      <LessonFigure figure={drawn} of={up} />
      <Para
        kind="finding"
        text={
          end >= 0 && cut >= 0
            ? say`(${n} − 1) × ${s} + ${k} = ${natural} positions are written; less ${cut} before and ${end} after, that is ${windows}.`
            : say`(${n} − 1) × ${s} + ${k} = ${natural} positions are written; less ${cut} before, and ${-end} more at the end that nothing is written to, that is ${windows}.`
        }
        tones={['size', 'stride', 'kernel', null, 'pad', 'pad', 'output']}
      />
      <Para
        kind="point"
        text={say`**\`output_padding\` cuts less off the end: it chooses the larger of the sizes that would have become this one. What comes back at the end is no padding: the kernel has written there.**`}
      />
      <Para
        text={say`Keras' 'same' cuts the odd one off the end and PyTorch off the beginning. So both can double the size, and are shifted against each other by one. No arguments of PyTorch's layer say what Keras computes here; a crop after it does.`}
      />
      <Further
        links={[
          [
            say`Compare the two`,
            'compare',
            [
              '16x16',
              '=nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)',
              '=layers.Conv2DTranspose(4, 3, strides=2, padding="same")',
            ],
          ],
          [
            say`Open this layer in the lab`,
            'lab',
            [
              `${n}x${n}`,
              isTorch
                ? `=nn.ConvTranspose2d(1, 1, ${k}, stride=${s}, padding=${p}, output_padding=${o})`
                : `=layers.Conv2DTranspose(1, ${k}, strides=${s}, padding="same")`,
            ],
          ],
          [say`What a transposed convolution is`, 'lessons', ['exercises', 'half,@0']],
        ]}
      />
    </>
  );
}
