// Why 32 and not 31? Facts: docs/why-32.md.

import { stripFigure } from 'padwise/draw';
import { axis, geometry, out, samePads } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Stepper } from '../controls/stepper.tsx';
import { useExperiment } from './lesson.tsx';
import { Controls, Further, LessonFigure, Para } from './section.tsx';

/** The lesson. */
export function Why32(): JSX.Element {
  const why = useExperiment('why', {
    n: { least: 1, most: 256, usual: 64 },
    k: { least: 1, most: 16, usual: 4 },
    s: { least: 1, most: 16, usual: 2 },
  });
  const { n, k, s } = why.values;
  const window = { size: n, kernel: k, stride: s, dilation: 1 };
  const [before, after] = samePads(window);
  const of = axis({ ...window, before, after });
  const drawn = useMemo(
    () => stripFigure(geometry({ axes: [of] }), { compareUnpadded: true }),
    // The axis follows from these.
    [n, k, s],
  );
  const [same, valid] = [out(of), out(axis(window))];
  const needed = (same - 1) * s + k;
  return (
    <>
      <Para
        kind="asked"
        text={say`\`Conv2D(6, 4, strides=2, padding='same')\` turns (1, 64, 64, 3) into (1, 32, 32, 6). I expected 31.`}
      />
      <Controls>
        <Stepper
          label={say`Size`}
          tone="size"
          value={n}
          min={1}
          max={256}
          onChange={(n, how) => why.set({ n }, how)}
        />
        <Stepper
          label={say`Kernel`}
          tone="kernel"
          value={k}
          min={1}
          max={16}
          onChange={(k, how) => why.set({ k }, how)}
        />
        <Stepper
          label={say`Stride`}
          tone="stride"
          value={s}
          min={1}
          max={16}
          onChange={(s, how) => why.set({ s }, how)}
        />
      </Controls>
      <LessonFigure figure={drawn} of={why} first={drawn.frames - 1} />
      <Para
        kind="point"
        text={say`**'same' fixes the number of outputs first: ${n} / ${s}, rounded up, is ${same}. Then it pads just enough for that many windows.**`}
        tones={['size', 'stride', 'output']}
      />
      <Para
        text={
          needed > n
            ? say`So many windows reach over (${same} − 1) × ${s} + ${k} = ${needed} positions, ${needed - n} more than there are: ${before} before, ${after} after.`
            : say`So many windows reach over (${same} − 1) × ${s} + ${k} = ${needed} positions. There are ${n}, so nothing is added.`
        }
        tones={
          needed > n
            ? ['output', 'stride', 'kernel', null, 'pad', 'pad', 'pad']
            : ['output', 'stride', 'kernel', null, 'size']
        }
      />
      <Para
        text={
          valid === same
            ? say`Without padding it is ${valid} too.`
            : say`${valid} is the answer to another question: how many windows fit without padding?`
        }
        tones={[valid === same ? 'output' : null]}
      />
      <Further
        links={[
          [say`Open this layer in the lab`, 'lab', [`${n}x${n} k${k} s${s}`, 'keras.same']],
          [say`Where ports go wrong: the odd pad`, 'lessons', ['stable-diffusion']],
        ]}
      />
    </>
  );
}
