// Every size of a sweep as a cell, in rows of 64 or 32, so that what repeats with the stride stands in columns. It works as a
// slider does: one stop of the Tab key, arrows move from size to size and from row to row.

import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import { useMedia } from '../appearance.tsx';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';
import { kindWords, looksOf } from './kinds.ts';
import { type Kind, LARGEST, runsOf, runWords, SMALLEST } from './sweep.ts';

/** What a {@link SweepChart} takes. */
export interface SweepChartProps {
  readonly kinds: readonly Kind[];
  /** The size the screen shows; null where it is in no sweep. */
  readonly size: number | null;
  readonly onSize: (size: number, how: How) => void;
}

/** Width of the numbers beside the rows. */
const HEADS = 40;

/** The chart, what it says at the size pointed at or chosen, and its table. */
export function SweepChart({ kinds, size, onSize }: SweepChartProps): JSX.Element {
  const { t } = useSpeech();
  const wide = useMedia('(min-width: 50rem)');
  const [pointed, setPointed] = useState<number | null>(null);
  const columns = wide ? 64 : 32;
  const [width, height] = wide ? [13, 15] : [10, 13];
  const rows = Math.ceil(LARGEST / columns);
  const looks = looksOf(kinds);
  const cells = useMemo(
    () => <Cells kinds={kinds} columns={columns} width={width} height={height} />,
    [kinds, columns, width, height],
  );
  const at = (event: PointerEvent | MouseEvent): number | null => {
    const box = (event.currentTarget as Element).getBoundingClientRect();
    const scale = (HEADS + columns * width) / box.width;
    const column = Math.floor(((event.clientX - box.left) * scale - HEADS) / width);
    const row = Math.floor(((event.clientY - box.top) * scale) / height);
    const found = row * columns + column + 1;
    return column >= 0 && column < columns && found >= SMALLEST && found <= LARGEST ? found : null;
  };
  const told = pointed ?? size;
  const kindAt = (of: number) => kinds.find(({ sizes }) => sizes.includes(of));
  const words = (of: number) => {
    const kind = kindAt(of);
    return kind === undefined ? t(say`size ${of}`) : t(say`size ${of}: ${kindWords(kind)}`);
  };
  const pressed = (event: KeyboardEvent) => {
    const now = size ?? SMALLEST;
    const to = {
      ArrowRight: now + 1,
      ArrowLeft: now - 1,
      ArrowDown: now + columns,
      ArrowUp: now - columns,
      PageDown: now + 100,
      PageUp: now - 100,
      Home: SMALLEST,
      End: LARGEST,
    }[event.key];
    if (to === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    onSize(Math.min(LARGEST, Math.max(SMALLEST, to)), 'merge');
  };
  return (
    <div class="sweep">
      <div
        class="sweep-chart"
        role="slider"
        tabIndex={0}
        aria-label={t(say`Sizes ${SMALLEST} to ${LARGEST}, and what they come to`)}
        aria-valuemin={SMALLEST}
        aria-valuemax={LARGEST}
        aria-valuenow={size ?? SMALLEST}
        aria-valuetext={size === null ? t(say`no size of these`) : words(size)}
        onKeyDown={pressed}
        onPointerMove={(event) => setPointed(event.pointerType === 'touch' ? null : at(event))}
        onPointerLeave={() => setPointed(null)}
        onClick={(event) => {
          const chosen = at(event);
          if (chosen !== null) onSize(chosen, 'push');
        }}
      >
        <svg viewBox={`0 0 ${HEADS + columns * width} ${rows * height + 1}`} aria-hidden="true">
          {cells}
          {pointed !== null && <Frame of={pointed} {...{ columns, width, height }} name="pointed" />}
          {size !== null && size >= SMALLEST && size <= LARGEST && (
            <Frame of={size} {...{ columns, width, height }} name="chosen" />
          )}
        </svg>
      </div>
      <p class="sweep-told">
        {told === null ? t(say`The sides of the input differ: choose a size for all of them.`) : words(told)}
      </p>
      <ul class="sweep-legend">
        {kinds.map((kind, i) => (
          <li key={looks[i]?.name}>
            <svg width="22" height="18" aria-hidden="true" class={`kind ${looks[i]?.name}`}>
              <rect x="1" y="1" width="20" height="16" />
              <path d={looks[i]?.strokes(1, 1, 20, 16)} />
            </svg>
            <span>
              <strong>{t(kindWords(kind))}</strong>{' '}
              <span class="quiet">
                {kind.sizes.length === 1
                  ? t(say`for the size ${kind.sizes[0]}`)
                  : t(say`for ${kind.sizes.length} sizes: ${runWords(runsOf(kind.sizes), 2)}`)}
              </span>
            </span>
          </li>
        ))}
      </ul>
      <details class="twin">
        <summary>{t(say`Show as table`)}</summary>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
        <div class="scroll" tabIndex={0}>
          <table class="sweep-table">
            <caption>{t(say`Sizes ${SMALLEST} to ${LARGEST}, and what they come to`)}</caption>
            <thead>
              <tr>
                <th scope="col">{t(say`outcome`)}</th>
                <th scope="col">{t(say`count`)}</th>
                <th scope="col">{t(say`sizes`)}</th>
              </tr>
            </thead>
            <tbody>
              {kinds.map((kind, i) => (
                <tr key={looks[i]?.name}>
                  <th scope="row">{t(kindWords(kind))}</th>
                  <td>{kind.sizes.length}</td>
                  <td>{runWords(runsOf(kind.sizes), 40)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

interface Places {
  readonly columns: number;
  readonly width: number;
  readonly height: number;
}

function placeOf(size: number, { columns, width, height }: Places): readonly [x: number, y: number] {
  return [HEADS + ((size - 1) % columns) * width, Math.floor((size - 1) / columns) * height];
}

/** One path of boxes and one of strokes a kind. */
function Cells({ kinds, ...places }: Places & { readonly kinds: readonly Kind[] }): JSX.Element {
  const { columns, width, height } = places;
  const looks = looksOf(kinds);
  const [w, h] = [width - 1, height - 2];
  const heads = Array.from({ length: Math.ceil(LARGEST / columns) }, (_, row) => row * columns + 1);
  return (
    <>
      {heads.map((size, row) => (
        <text key={size} class="figures" x={HEADS - 7} y={row * height + height * 0.72} text-anchor="end">
          {size}
        </text>
      ))}
      {kinds.map(({ sizes }, i) => {
        const look = looks[i];
        const at = sizes.map((size) => placeOf(size, places));
        return (
          <g key={look?.name} class={`kind ${look?.name}`}>
            <path class="boxes" d={at.map(([x, y]) => `M${x} ${y}h${w}v${h}h${-w}z`).join('')} />
            <path d={at.map(([x, y]) => look?.strokes(x, y, w, h)).join('')} />
          </g>
        );
      })}
    </>
  );
}

function Frame({
  of,
  name,
  ...places
}: Places & { readonly of: number; readonly name: string }): JSX.Element {
  const [x, y] = placeOf(of, places);
  const [width, height] = [places.width + 2, places.height + 1];
  return (
    <g class={`frame ${name}`}>
      <rect class="halo" x={x - 1.5} y={y - 1.5} width={width} height={height} rx="2.5" />
      <rect x={x - 1.5} y={y - 1.5} width={width} height={height} rx="2.5" />
    </g>
  );
}
