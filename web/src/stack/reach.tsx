// What one output reads of the input: the pixels of the input, and the way there through every layer, along one axis. The
// output is chosen by its row and column, by a press on either side of the map, or with the arrow keys.

import { type Figure, reachFigure, reachMapFigure } from 'padwise/draw';
import type { Geometry } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { useAppearance } from '../appearance.tsx';
import { Stepper } from '../controls/stepper.tsx';
import { CopyMenu } from '../figure/copy-menu.tsx';
import { FigureView } from '../figure/figure-view.tsx';
import { Marks } from '../figure/marks.tsx';
import { FigureTables } from '../figure/tables.tsx';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';
import { outputs, type Reading, stepsTo } from './reading.ts';
import { bounds, frameOf, nearestOutput, stepped, within } from './view.ts';

/** What a {@link Reach} takes. */
export interface ReachProps {
  readonly reading: Reading;
  /** The layer looked from. */
  readonly to: number;
  /** The output in reading order over the last two axes; null: the one in the middle. */
  readonly output: number | null;
  readonly axis: number;
  readonly onOutput: (output: number, how: How) => void;
  readonly onAxis: (axis: number) => void;
}

/** Names of the axes, outermost first. */
export function axisNames(rank: number): readonly Text[] {
  if (rank === 1) return [say`length`];
  return rank === 2 ? [say`height`, say`width`] : [say`depth`, say`height`, say`width`];
}

/** The figures of one output. */
export function Reach({ reading, to, output, axis, onOutput, onAxis }: ReachProps): JSX.Element | null {
  const { t } = useSpeech();
  const { rows, rank } = reading;
  const { steps, names } = useMemo(() => stepsTo(rows, to), [rows, to]);
  const counts = outputs(rows, to, rank);
  const [down, across] = [rank === 1 ? 1 : (counts.at(-2) as number), counts.at(-1) as number];
  const all = down * across;
  const chosen = Math.min(all - 1, output ?? Math.floor(down / 2) * across + Math.floor(across / 2));
  const [row, column] = [Math.floor(chosen / across), chosen % across];
  const along =
    rank === 3 && axis === 0 ? Math.floor((counts[0] as number) / 2) : axis === rank - 1 ? column : row;
  const put = (r: number, c: number, how: How) => onOutput(r * across + c, how);
  const line = frameOf(counts[axis] as number, along);
  const figure = useMemo(
    () => reachFigure(steps, { axis, names, around: line.around }),
    [steps, axis, names, line.around],
  );
  if (all === 0) return <p class="quiet">{t(say`No window fits, so there is no output to look from.`)}</p>;
  const frame = Math.min(figure.frames - 1, line.frame);
  const moved = (next: number, how: How) => {
    const at = along + next - frame;
    if (axis === rank - 1) put(row, at, how);
    else if (axis === rank - 2) put(at, column, how);
  };
  const titles = axisNames(rank);
  return (
    <>
      <div class="stack-choice">
        {rank > 1 && (
          <Stepper
            label={say`output, row`}
            value={row}
            min={0}
            max={down - 1}
            tone="output"
            onChange={(value, how) => put(value, column, how)}
          />
        )}
        <Stepper
          label={rank > 1 ? say`column` : say`output`}
          value={column}
          min={0}
          max={across - 1}
          tone="output"
          onChange={(value, how) => put(row, value, how)}
        />
      </div>
      {rank > 1 && (
        <ReachMap
          reading={reading}
          to={to}
          steps={steps}
          chosen={chosen}
          down={down}
          across={across}
          put={put}
        />
      )}
      <h3>{t(say`The way there, layer by layer`)}</h3>
      {rank > 1 && (
        <fieldset class="stack-axes">
          <legend class="unseen">{t(say`Axis`)}</legend>
          {titles.map((name, i) => (
            <button key={i} type="button" aria-pressed={i === axis} onClick={() => onAxis(i)}>
              {t(name)}
            </button>
          ))}
        </fieldset>
      )}
      <FigureView
        figure={figure}
        frame={frame}
        onFrame={moved}
        tools={<CopyMenu figure={figure} frame={frame} name="receptive-field" />}
      />
    </>
  );
}

const MARGIN = 12;

function ReachMap({
  reading: { rows, sizes },
  to,
  steps,
  chosen,
  down,
  across,
  put,
}: {
  readonly reading: Reading;
  readonly to: number;
  readonly steps: readonly Geometry[];
  readonly chosen: number;
  readonly down: number;
  readonly across: number;
  readonly put: (row: number, column: number, how: How) => void;
}): JSX.Element {
  const { t } = useSpeech();
  const { theme } = useAppearance();
  const { around, frame: wanted } = frameOf(down * across, chosen);
  const figure: Figure = useMemo(() => reachMapFigure(steps, { around }), [steps, around]);
  const frame = Math.min(figure.frames - 1, wanted);
  const picture = useMemo(() => figure.frame(frame), [figure, frame]);
  const [width, height] = [picture.width + 2 * MARGIN, picture.height + 2 * MARGIN];
  const at: readonly [number, number] = [Math.floor(chosen / across), chosen % across];
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = stepped(event.key, at, [down, across]);
    if (next === null) return;
    event.preventDefault();
    put(...next, 'merge');
  };
  const pointed = (event: PointerEvent, how: How) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const x = ((event.clientX - box.left) / box.width) * width - MARGIN;
    const y = ((event.clientY - box.top) / box.height) * height - MARGIN;
    const [output, input] = [bounds(picture.marks, 'output'), bounds(picture.marks, 'input')];
    const onOutput = output && within(output, x, y);
    const onInput = input && within(input, x, y);
    const seen = rows[to]?.seen.slice(-2) ?? [];
    const looks = (i: number, part: number, count: number) => {
      const { centre = 0, jump = 1 } = seen[i] ?? {};
      return nearestOutput(part * (sizes.at(i - 2) as number) - 0.5, centre, jump, count);
    };
    const next: readonly [number, number] | null = onOutput
      ? [Math.floor(onOutput[1] * down), Math.floor(onOutput[0] * across)]
      : onInput
        ? [looks(0, onInput[1], down), looks(1, onInput[0], across)]
        : null;
    if (next !== null && next.join() !== at.join()) put(...next, how);
  };
  return (
    <figure class="figure">
      {/* biome-ignore lint/a11y/useSemanticElements: a drawing that takes keys is a group, not a fieldset */}
      <div
        class="figure-box"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys choose the output
        tabIndex={0}
        aria-label={t(picture.title)}
        onKeyDown={pressed}
      >
        <svg
          class="stack-map"
          viewBox={`${-MARGIN} ${-MARGIN} ${width} ${height}`}
          width={width}
          height={height}
          style={{ minWidth: `${Math.round(Math.min(width * 0.62, 320))}px` }}
          role="img"
          aria-label={t(picture.description)}
          onPointerDown={(event) => {
            if (event.pointerType !== 'touch')
              (event.currentTarget as Element).setPointerCapture(event.pointerId);
            pointed(event, 'push');
          }}
          onPointerMove={(event) => {
            if (event.buttons === 1 && event.pointerType !== 'touch') pointed(event, 'merge');
          }}
        >
          <Marks marks={picture.marks} theme={theme} t={t} />
          <Marks marks={picture.moving} theme={theme} t={t} />
        </svg>
      </div>
      <p class="stack-told" aria-live="polite">
        {t(picture.description)}
      </p>
      <div class="figure-bar">
        <span class="quiet">{t(say`Press on the output, or on the input; arrow keys move.`)}</span>
        <span class="figure-tools">
          <CopyMenu figure={figure} frame={frame} name="receptive-field-map" />
        </span>
      </div>
      <FigureTables tables={picture.tables} />
    </figure>
  );
}
