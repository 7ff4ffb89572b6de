// SAME_UPPER or SAME_LOWER? Facts: docs/same-upper-lower.md.

import { figure } from 'padwise/draw';
import { samePads } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Stepper } from '../controls/stepper.tsx';
import { useSpeech } from '../language.tsx';
import { useExperiment } from './lesson.tsx';
import { Choice, Controls, Further, LessonFigure, Para } from './section.tsx';

const node = (kernel: number, stride: number, rule: string) =>
  `helper.make_node('Conv', ['x', 'W'], ['y'], kernel_shape=[${kernel}, ${kernel}], strides=[${stride}, ${stride}], auto_pad='${rule}')`;

/** The lesson. */
export function SameUpperLower(): JSX.Element {
  const { t } = useSpeech();
  const pads = useExperiment('pads', {
    n: { least: 1, most: 20, usual: 6 },
    k: { least: 1, most: 9, usual: 3 },
    s: { least: 1, most: 6, usual: 2 },
    rule: ['both', 'upper', 'lower'] as const,
  });
  const { n, k, s, rule } = pads.values;
  const window = { size: n, kernel: k, stride: s, dilation: 1 };
  const [upper, lower] = [samePads(window, 'upper'), samePads(window, 'lower')];
  const line = (of: readonly [number, number]) => `1x1x${n} k${k} s${s} p${of.join()} -> 1`;
  const drawn = useMemo(
    () =>
      figure(
        rule === 'both'
          ? `shift ${line(upper)} vs ${line(lower)} with names=UPPER,LOWER`
          : `strip ${line(rule === 'upper' ? upper : lower)}`,
      ),
    // The lines follow from these.
    [n, k, s, rule],
  );
  const total = upper[0] + upper[1];
  return (
    <>
      <Para
        text={say`Both keep size / stride outputs, rounded up, and both add the same number of pads in all. So what is the difference?`}
      />
      <Controls>
        <Choice
          label={say`Rule`}
          chosen={rule}
          onChoose={(rule) => pads.set({ rule })}
          options={[
            ['both', say`both`],
            ['upper', 'SAME_UPPER'],
            ['lower', 'SAME_LOWER'],
          ]}
        />
        <Stepper
          label={say`Size`}
          tone="size"
          value={n}
          min={1}
          max={20}
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
          label={say`Stride`}
          tone="stride"
          value={s}
          min={1}
          max={6}
          onChange={(s, how) => pads.set({ s }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={pads} />
      <Para
        kind="finding"
        text={
          total % 2 === 0
            ? say`The total to pad is ${total}, an even number: half on each side, and the two rules agree.`
            : say`The total to pad is ${total}, an odd number: UPPER splits it into ${upper[0]} and ${upper[1]}, LOWER into ${lower[0]} and ${lower[1]}.`
        }
        tones={['pad', 'pad', 'pad', 'pad', 'pad']}
      />
      <Para
        kind="point"
        text={say`**They differ only in where an odd total's last pad goes: UPPER puts it after, LOWER before.**`}
      />
      <div class="scroll">
        <table class="lesson-words">
          <thead>
            <tr>
              <th scope="col">{t(say`who`)}</th>
              <th scope="col">{t(say`which`)}</th>
            </tr>
          </thead>
          <tbody>
            {WHO.map(([who, which], i) => (
              <tr key={i}>
                <th scope="row">{t(who)}</th>
                <td>{t(which)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Para
        text={say`The last row is why a model exported from PyTorch is sometimes labelled SAME_LOWER, and why relabelling it SAME_UPPER moves every pixel.`}
      />
      <Further
        links={[
          [
            say`Compare the two ONNX nodes`,
            'compare',
            [`${n}x${n}`, `=${node(k, s, 'SAME_UPPER')}`, `=${node(k, s, 'SAME_LOWER')}`],
          ],
          [say`Open SAME_LOWER in the lab`, 'lab', [`${n}x${n} k${k} s${s}`, 'onnx.same_lower']],
        ]}
      />
    </>
  );
}

const WHO = [
  [say`TensorFlow, Keras, Flax, TensorFlow.js, TFLite, JAX 'SAME', Core ML same`, say`upper`],
  [say`ONNX SAME_UPPER, OpenVINO same_upper, TensorRT SAME_UPPER`, say`upper`],
  [say`PyTorch padding='same', stride 1 only`, say`upper`],
  [say`ONNX, TensorRT and JAX SAME_LOWER, OpenVINO and Core ML same_lower`, say`lower`],
  [say`PyTorch padding=1 with kernel 3 and stride 2`, say`reads what lower reads`],
] as const;
