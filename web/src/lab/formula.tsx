// The formula with the numbers of one axis in it, each in the colour of its field.

import { type Axis, extent, type Geometry, isTransposed, out, span, transposedWords } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { ComponentChildren, JSX } from 'preact';
import { type Tone, useSpeech } from '../language.tsx';

/** floor((64 + 1 + 1 - 4) / 2) + 1 = 32, or the transposed one. */
export function Formula({ of, axis: one }: { readonly of: Geometry; readonly axis: Axis }): JSX.Element {
  const { t } = useSpeech();
  const windows = (
    <N tone="output" name={t(say`output`)}>
      {out(one)}
    </N>
  );
  if (isTransposed(of) && one.stride === 1) {
    const { stride, crop } = transposedWords(one);
    return (
      <p class="formula flow">
        (
        <N tone="size" name={t(say`size`)}>
          {one.size}
        </N>{' '}
        − 1) ×{' '}
        <N tone="stride" name={t(say`stride`)}>
          {stride}
        </N>{' '}
        +{' '}
        <N tone="kernel" name={t(say`kernel`)}>
          {extent(one)}
        </N>
        <Signed value={-crop[0]} name={t(say`cut`)} />
        <Signed value={-crop[1]} name={t(say`cut`)} /> = {windows}
      </p>
    );
  }
  const room = (
    <>
      <N tone="size" name={t(say`size`)}>
        {span(one)}
      </N>
      <Signed value={one.before} name={t(say`before`)} />
      <Signed value={one.after} name={t(say`after`)} />
      {one.overhang > 0 && <Signed value={one.overhang} name={t(say`overhang`)} />}
    </>
  );
  if (of.operation === 'pad')
    return (
      <p class="formula flow">
        {room} = {windows}
      </p>
    );
  return (
    <p class="formula">
      <span class="unseen">floor(</span>
      <span class="floored">
        <span class="over flow">
          <span class="unseen">(</span>
          {room} −{' '}
          <N tone="kernel" name={t(one.dilation > 1 ? say`window` : say`kernel`)}>
            {extent(one)}
          </N>
          <span class="unseen">) / </span>
        </span>
        <span class="under flow">
          <N tone="stride" name={t(say`stride`)}>
            {one.stride}
          </N>
        </span>
      </span>
      <span class="unseen">)</span>
      <span class="flow">
        <span>+ 1 =</span> {windows}
      </span>
    </p>
  );
}

/** A number over the name of what it is. */
function N({
  tone,
  name,
  children,
}: {
  readonly tone: Tone;
  readonly name: string;
  readonly children: ComponentChildren;
}): JSX.Element {
  return (
    <span class={`number tone ${tone}`}>
      {children}
      <small>{name}</small>
    </span>
  );
}

function Signed({ value, name }: { readonly value: number; readonly name: string }): JSX.Element {
  return (
    <>
      {value < 0 ? ' − ' : ' + '}
      <N tone="pad" name={name}>
        {Math.abs(value)}
      </N>
    </>
  );
}
