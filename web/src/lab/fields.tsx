// The lab's fields: what the layer does, its numbers per axis, its padding as a rule or side by side.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useId, useState } from 'preact/hooks';
import { Stepper } from '../controls/stepper.tsx';
import { type Tone, useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';
import {
  FILLS,
  LARGEST_FIELD,
  LARGEST_SIZE,
  type Operation,
  padsOf,
  type Rule,
  rulesOf,
  type Spec,
  type SpecAxis,
} from './spec.ts';

const OPERATIONS: readonly (readonly [Operation, Text])[] = [
  ['conv', say`Convolution`],
  ['transposed', say`Transposed convolution`],
  ['max', say`Max pooling`],
  ['average', say`Average pooling`],
];

const RULES: Readonly<Record<Rule, Text>> = {
  'keras.same': say`same (Keras, TensorFlow)`,
  'onnx.same_lower': say`same, odd one first (ONNX SAME_LOWER)`,
  'torch.same': say`same (PyTorch)`,
  valid: say`valid: none`,
  full: say`full`,
  causal: say`causal`,
};

const AXES: Readonly<Record<number, readonly Text[]>> = {
  1: [say`length`],
  2: [say`height`, say`width`],
  3: [say`depth`, say`height`, say`width`],
};

/** The names of a layer's axes, outermost first. */
export function axisNames(rank: number): readonly Text[] {
  return AXES[rank] ?? [];
}

/** What {@link Fields} takes. */
export interface FieldsProps {
  readonly spec: Spec;
  /** `only` says that nothing but the sizes or the channels is another. */
  readonly onSpec: (spec: Spec, how: How, only?: 'size' | 'channels') => void;
}

/** All fields of a layer. */
export function Fields({ spec, onSpec }: FieldsProps): JSX.Element {
  const { t } = useSpeech();
  const differ = spec.axes.some((one) => JSON.stringify(one) !== JSON.stringify(spec.axes[0]));
  const [apart, setApart] = useState(false);
  const [more, setMore] = useState(false);
  const several = spec.axes.length > 1;
  const shown = (differ || apart) && several ? spec.axes.map((_, i) => i) : [0];
  const names = axisNames(spec.axes.length);
  /** Changes one axis, or all where they are shown as one. */
  const change = (index: number, part: Partial<SpecAxis>): SpecAxis[] =>
    spec.axes.map((one, i) => (shown.length === 1 || i === index ? { ...one, ...part } : one));
  const row = (title: Text, tone: Tone, key: 'size' | 'kernel' | 'stride' | 'dilation', max: number) => (
    <Row title={title} alone={shown.length === 1}>
      {shown.map((i) => (
        <Stepper
          key={i}
          label={shown.length === 1 ? title : say`${title}, ${names[i] ?? ''}`}
          {...(shown.length === 1 ? { quiet: true } : { short: names[i] ?? '' })}
          tone={tone}
          min={1}
          max={max}
          value={spec.axes[i]?.[key] ?? 1}
          onChange={(value, how) =>
            onSpec({ ...spec, axes: change(i, { [key]: value }) }, how, key === 'size' ? 'size' : undefined)
          }
        />
      ))}
    </Row>
  );
  const cuts = spec.operation === 'transposed';
  const side = (i: number, which: 0 | 1) => {
    const name = which === 0 ? (cuts ? say`crop before` : say`before`) : cuts ? say`crop after` : say`after`;
    return (
      <Stepper
        label={shown.length === 1 ? name : say`${name}, ${names[i] ?? ''}`}
        tone="pad"
        max={LARGEST_FIELD}
        value={padsOf(spec, spec.axes[i] as SpecAxis)[which]}
        onChange={(value, how) => {
          const own = spec.axes.map((one) => {
            const [before, after] = padsOf(spec, one);
            return { ...one, before, after };
          });
          const axes = own.map((one, j) =>
            shown.length === 1 || j === i ? { ...one, [which === 0 ? 'before' : 'after']: value } : one,
          );
          onSpec({ ...spec, rule: null, axes }, how);
        }}
      />
    );
  };
  return (
    <section class="fields" aria-label={t(say`Numbers of the layer`)}>
      <Choice
        label={say`Layer`}
        value={spec.operation}
        options={OPERATIONS}
        onChoose={(operation) => {
          const rule = spec.rule !== null && rulesOf(operation).includes(spec.rule) ? spec.rule : null;
          onSpec({ ...spec, operation, rule }, 'push');
        }}
      />
      {row(say`Size`, 'size', 'size', LARGEST_SIZE)}
      {row(say`Kernel`, 'kernel', 'kernel', LARGEST_FIELD)}
      {row(say`Stride`, 'stride', 'stride', LARGEST_FIELD)}
      {row(say`Dilation`, 'dilation', 'dilation', LARGEST_FIELD)}
      <Choice
        label={cuts ? say`Crop` : say`Padding`}
        value={spec.rule ?? 'own'}
        options={[
          ...rulesOf(spec.operation).map((rule) => [rule, RULES[rule]] as const),
          ['own', say`my own`] as const,
        ]}
        onChoose={(rule) => {
          if (rule !== 'own') return onSpec({ ...spec, rule }, 'push');
          const axes = spec.axes.map((one) => {
            const [before, after] = padsOf(spec, one);
            return { ...one, before, after };
          });
          onSpec({ ...spec, rule: null, axes }, 'push');
        }}
      />
      {shown.map((i) => (
        <div class="sides" key={i}>
          {side(i, 0)}
          {side(i, 1)}
        </div>
      ))}
      <details class="more" onToggle={(event) => setMore(event.currentTarget.open)}>
        <summary>{t(say`More`)}</summary>
        {more && (
          <>
            {several && (
              <label class="check">
                <input
                  type="checkbox"
                  checked={shown.length > 1}
                  disabled={differ}
                  onChange={(event) => setApart(event.currentTarget.checked)}
                />{' '}
                {t(say`Each axis on its own`)}
              </label>
            )}
            <Choice
              label={say`Axes`}
              value={String(spec.axes.length)}
              options={[
                ['1', say`1, a sequence`],
                ['2', say`2, a picture`],
                ['3', say`3, a volume`],
              ]}
              onChoose={(rank) => {
                const axes = Array.from(
                  { length: Number(rank) },
                  (_, i) => spec.axes[i] ?? (spec.axes[0] as SpecAxis),
                );
                onSpec({ ...spec, axes }, 'push');
              }}
            />
            {!cuts && (
              <Choice
                label={say`Padding holds`}
                value={String(spec.fill)}
                options={[
                  ['0', spec.operation === 'max' ? say`nothing a maximum could choose` : say`zeros`],
                  ...FILLS.map((fill) => [fill, FILL_NAMES[fill]] as const),
                ]}
                onChoose={(fill) => onSpec({ ...spec, fill: FILLS.find((one) => one === fill) ?? 0 }, 'push')}
              />
            )}
            <Row title={say`Channels`} alone>
              <Stepper
                label={say`Channels`}
                quiet
                min={1}
                max={LARGEST_SIZE}
                value={spec.channels}
                onChange={(channels, how) => onSpec({ ...spec, channels }, how, 'channels')}
              />
            </Row>
            {(spec.operation === 'conv' || cuts) && (
              <Row title={say`Filters`} alone>
                <Stepper
                  label={say`Filters`}
                  quiet
                  min={1}
                  max={LARGEST_SIZE}
                  value={spec.filters}
                  onChange={(filters, how) => onSpec({ ...spec, filters }, how)}
                />
              </Row>
            )}
          </>
        )}
      </details>
    </section>
  );
}

const FILL_NAMES: Readonly<Record<(typeof FILLS)[number], Text>> = {
  reflect: say`the mirrored input, its edge once (reflect)`,
  symmetric: say`the mirrored input, its edge twice (symmetric)`,
  replicate: say`the edge again and again (replicate)`,
  wrap: say`the other end (wrap)`,
};

function Row({
  title,
  alone,
  children,
}: {
  readonly title: Text;
  readonly alone: boolean;
  readonly children: JSX.Element | readonly JSX.Element[];
}): JSX.Element {
  const { t } = useSpeech();
  return (
    <div class={alone ? 'row alone' : 'row'}>
      <span class="row-title" aria-hidden="true">
        {t(title)}
      </span>
      <div>{children}</div>
    </div>
  );
}

function Choice<T extends string>({
  label,
  value,
  options,
  onChoose,
}: {
  readonly label: Text;
  readonly value: T;
  readonly options: readonly (readonly [T, Text])[];
  readonly onChoose: (value: T) => void;
}): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  return (
    <div class="choice">
      <label for={id}>{t(label)}</label>
      <select id={id} value={value} onChange={(event) => onChoose(event.currentTarget.value as T)}>
        {options.map(([name, words]) => (
          <option key={name} value={name}>
            {t(words)}
          </option>
        ))}
      </select>
    </div>
  );
}
