// ceil_mode's hidden rule. Facts: docs/ceil-mode.md.

import { figure } from 'padwise/draw';
import { axis, ceilMode, extent, geometry, out, print, span, start } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Stepper } from '../controls/stepper.tsx';
import { useExperiment } from './lesson.tsx';
import { Choice, Controls, Further, LessonFigure, Para } from './section.tsx';

/** The lesson. */
export function CeilMode(): JSX.Element {
  const ceil = useExperiment('ceil', {
    n: { least: 2, most: 16, usual: 5 },
    k: { least: 1, most: 6, usual: 2 },
    s: { least: 1, most: 6, usual: 2 },
    p: { least: 0, most: 3, usual: 1 },
    who: ['torch', 'mxnet'] as const,
  });
  const { n, k, s, who } = ceil.values;
  // PyTorch refuses more.
  const most = Math.floor(k / 2);
  const p = Math.min(ceil.values.p, most);
  const floor = axis({
    size: n,
    kernel: k,
    stride: s,
    before: p,
    after: p,
    fillBefore: -Infinity,
    fillAfter: -Infinity,
  });
  const [clipped, whole] = [ceilMode(floor, true), ceilMode(floor, false)];
  const line = print(geometry({ operation: 'max', axes: [who === 'torch' ? clipped : whole] }));
  const drawn = useMemo(() => figure(`strip ${line}`), [line]);
  const [theirs, formula] = [out(clipped), out(whole)];
  const last = formula === 0 ? 0 : start(whole, formula - 1);
  const code = (module: string) =>
    module === 'nn'
      ? `nn.MaxPool2d(${k}, stride=${s}, padding=${p}, ceil_mode=True)`
      : `gluon.nn.MaxPool2D(${k}, strides=${s}, padding=${p}, ceil_mode=True)`;
  return (
    <>
      <Para
        text={say`\`nn.MaxPool2d(2, stride=2, padding=1, ceil_mode=True)\` on a size of 5: the formula with the ceiling says 4. PyTorch says 3. Where is the fourth window?`}
      />
      <Controls>
        <Choice
          label={say`Framework`}
          chosen={who}
          onChoose={(who) => ceil.set({ who })}
          options={[
            ['torch', say`PyTorch, ONNX`],
            ['mxnet', say`MXNet: the plain formula`],
          ]}
        />
        <Stepper
          label={say`Size`}
          tone="size"
          value={n}
          min={2}
          max={16}
          onChange={(n, how) => ceil.set({ n }, how)}
        />
        <Stepper
          label={say`Window`}
          tone="kernel"
          value={k}
          min={1}
          max={6}
          onChange={(k, how) => ceil.set({ k }, how)}
        />
        <Stepper
          label={say`Stride`}
          tone="stride"
          value={s}
          min={1}
          max={6}
          onChange={(s, how) => ceil.set({ s }, how)}
        />
        <Stepper
          label={say`Padding`}
          tone="pad"
          value={p}
          max={most}
          onChange={(p, how) => ceil.set({ p }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={ceil} first={drawn.frames - 1} />
      <p class="lesson-sum">{`⌈(${n} + ${2 * p} − ${k}) / ${s}⌉ + 1 = ${formula}`}</p>
      <Para
        kind="finding"
        text={
          theirs < formula
            ? say`The last of these ${formula} windows would start at ${last}, behind the ${span(floor)} elements: it would read no input at all. PyTorch drops it: the output has ${theirs}.`
            : whole.overhang > 0
              ? say`The last window starts at ${last}, on the input, and reaches ${last + extent(whole) - span(floor) - floor.after} beyond the padding. It stays, and the output has ${theirs}.`
              : say`The windows fit exactly, so there is nothing to round: the output has ${theirs}.`
        }
      />
      <Para
        kind="point"
        text={say`**A last window that would start beyond the input and the padding before it is dropped. It would read padding only, and a maximum of nothing is no number.**`}
      />
      <Para
        text={say`For an average the rule has a second half: what lies beyond the padding counts neither as a zero nor in the divisor.`}
      />
      <Further
        links={[
          [say`Compare PyTorch and MXNet`, 'compare', [`${n}x${n}`, `=${code('nn')}`, `=${code('mx')}`]],
          [say`Open this layer in the lab`, 'lab', [`${n}x${n}`, `=${code('nn')}`]],
        ]}
      />
    </>
  );
}
