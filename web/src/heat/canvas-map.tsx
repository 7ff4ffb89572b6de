// A large heat map: painted pixel by pixel on a canvas, the counts of its columns above it and those of its rows beside it. It
// is one stop of the Tab key; arrows move over the pixels, and what is under the cross is said below.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { useAppearance } from '../appearance.tsx';
import { useSpeech } from '../language.tsx';
import { paint } from './paint.ts';

/** What a {@link CanvasMap} takes. */
export interface CanvasMapProps {
  readonly name: Text;
  readonly description: Text;
  /** Counts of the rows and of the columns; a pixel's count is their product. */
  readonly rows: readonly number[];
  readonly columns: readonly number[];
  /** The count of the deepest colour. */
  readonly most: number;
  /** Whether outputs are counted that a pixel reaches, not reads. */
  readonly reaches: boolean;
}

const SIDE = 480;

/** The map. */
export function CanvasMap({ name, description, rows, columns, most, reaches }: CanvasMapProps): JSX.Element {
  const { t } = useSpeech();
  const { theme } = useAppearance();
  const canvas = useRef<HTMLCanvasElement>(null);
  const id = useId();
  const [at, setAt] = useState<readonly [row: number, column: number] | null>(null);
  const scale = Math.max(1, Math.floor(SIDE / Math.max(rows.length, columns.length)));
  useEffect(() => {
    const { width, height, data } = paint(rows, columns, scale, most, theme);
    const context = canvas.current?.getContext('2d');
    if (canvas.current === null || context == null) return;
    [canvas.current.width, canvas.current.height] = [width, height];
    context.putImageData(new ImageData(data, width, height), 0, 0);
  }, [rows, columns, scale, most, theme]);
  const place = (event: PointerEvent | MouseEvent) => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const along = (part: number, count: number) => Math.min(count - 1, Math.max(0, Math.floor(part * count)));
    setAt([
      along((event.clientY - box.top) / box.height, rows.length),
      along((event.clientX - box.left) / box.width, columns.length),
    ]);
  };
  const pressed = (event: KeyboardEvent) => {
    const [row, column] = at ?? [0, 0];
    const to = {
      ArrowLeft: [row, column - 1],
      ArrowRight: [row, column + 1],
      ArrowUp: [row - 1, column],
      ArrowDown: [row + 1, column],
      PageUp: [row - 16, column],
      PageDown: [row + 16, column],
      Home: [0, 0],
      End: [rows.length - 1, columns.length - 1],
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    setAt([
      Math.min(rows.length - 1, Math.max(0, to[0] as number)),
      Math.min(columns.length - 1, Math.max(0, to[1] as number)),
    ]);
  };
  const [row, column] = [Math.min(at?.[0] ?? 0, rows.length - 1), Math.min(at?.[1] ?? 0, columns.length - 1)];
  return (
    <figure class="canvas-map" style={{ maxWidth: `${columns.length * scale + 64}px` }}>
      <figcaption>{t(name)}</figcaption>
      <Profile counts={columns} label={say`columns`} upright={false} />
      {/* biome-ignore lint/a11y/useSemanticElements: a picture that takes keys is a group, not a fieldset */}
      <div
        class="canvas-box"
        role="group"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: its keys move over the pixels
        tabIndex={0}
        aria-label={t(name)}
        aria-describedby={`${id}-told`}
        onKeyDown={pressed}
      >
        <canvas
          ref={canvas}
          role="img"
          aria-label={t(description)}
          onPointerMove={place}
          onPointerDown={place}
        />
        {at !== null && (
          <svg
            class="cross"
            viewBox={`0 0 ${columns.length} ${rows.length}`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            <path d={`M${column + 0.5} 0V${rows.length}M0 ${row + 0.5}H${columns.length}`} />
          </svg>
        )}
      </div>
      <Profile counts={rows} label={say`rows`} upright={true} />
      <p class="canvas-told" id={`${id}-told`} aria-live="polite">
        {at === null
          ? t(say`Point at a pixel, or move over them with the arrow keys.`)
          : t(toldOf(row, column, rows, columns, reaches))}
      </p>
    </figure>
  );
}

function toldOf(
  row: number,
  column: number,
  rows: readonly number[],
  columns: readonly number[],
  reaches: boolean,
): Text {
  const [down, across] = [rows[row] ?? 0, columns[column] ?? 0];
  const count = down * across;
  if (reaches) return say`Row ${row}, column ${column}: reaches ${count} outputs (${down} × ${across}).`;
  if (count === 0) return say`Row ${row}, column ${column}: never read.`;
  return say`Row ${row}, column ${column}: read ${count} times (${down} × ${across}).`;
}

/** The counts along one side as steps; across the top, or down the side. */
function Profile({
  counts,
  label,
  upright,
}: {
  readonly counts: readonly number[];
  readonly label: Text;
  readonly upright: boolean;
}): JSX.Element {
  const { t } = useSpeech();
  const most = counts.reduce((high, count) => Math.max(high, count), 1);
  const steps = counts.map((count, i) =>
    upright ? `V${i}H${(count / most) * 40}V${i + 1}` : `H${i}V${40 - (count / most) * 40}H${i + 1}`,
  );
  const [width, height] = upright ? [40, counts.length] : [counts.length, 40];
  const d = upright ? `M0 0${steps.join('')}H0Z` : `M0 40${steps.join('')}V40Z`;
  return (
    <div class={upright ? 'profile upright' : 'profile'}>
      <svg viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={d} />
      </svg>
      <span class="quiet">
        {t(label)} <b>≤ {most}</b>
      </span>
    </div>
  );
}
