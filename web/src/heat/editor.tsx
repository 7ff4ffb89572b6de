// The maps' fields: for each a window's numbers or a line of code, and the paddings that have a name.

import { fullPads, samePads } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { CodeField, type CodeProblem } from '../controls/code-field.tsx';
import { Stepper } from '../controls/stepper.tsx';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';
import { isSquare, LARGEST_NUMBER, type MapSpec, type Side, type Window } from './state.ts';

/** What a {@link MapEditor} takes. */
export interface MapEditorProps {
  readonly map: MapSpec;
  readonly index: number;
  readonly name: Text;
  readonly sizes: readonly number[];
  readonly problem: CodeProblem | null;
  readonly onMap: (map: MapSpec, how: How) => void;
  /** Null where it is the only one. */
  readonly onRemove: (() => void) | null;
}

const PLAIN: Side = { kernel: 3, stride: 1, dilation: 1, before: 0, after: 0 };

/** One map's fields. */
export function MapEditor({
  map,
  index,
  name,
  sizes,
  problem,
  onMap,
  onRemove,
}: MapEditorProps): JSX.Element {
  const { t } = useSpeech();
  return (
    <fieldset class="map-editor">
      <legend>{t(say`Map ${index + 1}: ${name}`)}</legend>
      {map.kind === 'code' ? (
        <CodeField
          label={say`One layer or a stack, in any framework’s words`}
          code={map.code}
          onCode={(code) => onMap({ kind: 'code', code }, 'merge')}
          problem={problem}
          example="nn.Sequential(nn.Conv2d(3, 8, 3), nn.MaxPool2d(2))"
        />
      ) : (
        <WindowFields of={map.of} sizes={sizes} onWindow={(of, how) => onMap({ kind: 'layer', of }, how)} />
      )}
      <div class="map-tools">
        <button
          type="button"
          class="plain"
          onClick={() =>
            onMap(
              map.kind === 'code'
                ? { kind: 'layer', of: { axes: [PLAIN, PLAIN] } }
                : { kind: 'code', code: 'nn.Conv2d(3, 8, 3, padding=1)' },
              'push',
            )
          }
        >
          {map.kind === 'code' ? t(say`Choose by numbers`) : t(say`Paste code`)}
        </button>
        {onRemove !== null && (
          <button type="button" class="plain" onClick={onRemove} aria-label={t(say`Remove map ${index + 1}`)}>
            {t(say`Remove`)}
          </button>
        )}
      </div>
    </fieldset>
  );
}

const FIELDS: readonly {
  readonly field: keyof Side;
  readonly label: Text;
  readonly tone: 'kernel' | 'stride' | 'dilation' | 'pad';
}[] = [
  { field: 'kernel', label: say`Kernel`, tone: 'kernel' },
  { field: 'stride', label: say`Stride`, tone: 'stride' },
  { field: 'dilation', label: say`Dilation`, tone: 'dilation' },
  { field: 'before', label: say`Pad before`, tone: 'pad' },
  { field: 'after', label: say`Pad after`, tone: 'pad' },
];

/** The numbers of both sides together, or rows and columns apart where they differ. */
function WindowFields({
  of,
  sizes,
  onWindow,
}: {
  readonly of: Window;
  readonly sizes: readonly number[];
  readonly onWindow: (of: Window, how: How) => void;
}): JSX.Element {
  const { t } = useSpeech();
  const together = isSquare(of);
  const lines = together ? [null] : [0, 1];
  const ruled = (rule: (side: Side, size: number) => readonly [number, number]) =>
    onWindow(
      {
        axes: of.axes.map((side, i) => {
          const [before, after] = rule(side, sizes[i] ?? sizes[0] ?? 1);
          return { ...side, before, after };
        }),
      },
      'push',
    );
  const isRuled = (rule: (side: Side, size: number) => readonly [number, number]) =>
    of.axes.every((side, i) => {
      const [before, after] = rule(side, sizes[i] ?? sizes[0] ?? 1);
      return side.before === before && side.after === after;
    });
  const bounded = ([before, after]: readonly [number, number]): readonly [number, number] => [
    Math.min(before, LARGEST_NUMBER),
    Math.min(after, LARGEST_NUMBER),
  ];
  const rules: readonly { title: Text; rule: (side: Side, size: number) => readonly [number, number] }[] = [
    { title: say`none`, rule: () => [0, 0] },
    { title: say`same`, rule: (side, size) => bounded(samePads({ ...side, size })) },
    { title: say`full`, rule: (side) => bounded(fullPads(side)) },
  ];
  const ruling = rules.findIndex(({ rule }) => isRuled(rule));
  return (
    <>
      {lines.map((line) => (
        <div key={line ?? 'both'} class="map-fields">
          {line !== null && <span class="map-axis">{line === 0 ? t(say`rows`) : t(say`columns`)}</span>}
          {FIELDS.map(({ field, label, tone }) => (
            <Stepper
              key={field}
              label={label}
              value={of.axes[line ?? 0]?.[field] ?? 0}
              min={tone === 'pad' ? 0 : 1}
              max={LARGEST_NUMBER}
              tone={tone}
              onChange={(value, how) =>
                onWindow(
                  {
                    axes: of.axes.map((side, i) =>
                      line === null || line === i ? { ...side, [field]: value } : side,
                    ),
                  },
                  how,
                )
              }
            />
          ))}
        </div>
      ))}
      <div class="map-rules">
        <span class="quiet">{t(say`Padding:`)}</span>
        {rules.map(({ title, rule }, i) => (
          <button
            key={String(title)}
            type="button"
            class="plain"
            aria-pressed={i === ruling}
            onClick={() => ruled(rule)}
          >
            {t(title)}
          </button>
        ))}
        <button
          type="button"
          class="plain"
          onClick={() => {
            const [rows = PLAIN] = of.axes;
            const other = { ...rows, kernel: Math.min(LARGEST_NUMBER, rows.kernel + 1) };
            onWindow({ axes: together ? [rows, other] : [rows, rows] }, 'push');
          }}
        >
          {together ? t(say`Rows and columns apart`) : t(say`Rows and columns alike`)}
        </button>
      </div>
    </>
  );
}
