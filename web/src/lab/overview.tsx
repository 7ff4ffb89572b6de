// The whole of a large input and its output, to scale, with the window where it is: the map to the figure's lens. A press or a
// drag on it moves the window. Rectangles only, so that it costs the same for any size.
//
//   +--pad-------------+      +-----------+
//   | +--------------+ |      |        .  |
//   | |  []          | |  ->  |           |
//   +------------------+      +-----------+

import { type Axis, extent, type Geometry, out, span, start } from 'padwise/geometry';
import { say } from 'padwise/words';
import type { JSX } from 'preact';
import { useAppearance } from '../appearance.tsx';
import { useSpeech } from '../language.tsx';
import type { How } from '../screens.tsx';

const SIDE = 150;
/** The window is drawn at least so wide, so that it can be seen. */
const SEEN = 5;

/** What {@link Overview} takes. */
export interface OverviewProps {
  readonly of: Geometry;
  /** The output shown, an index an axis. */
  readonly output: readonly number[];
  readonly onOutput: (output: readonly number[], how: How) => void;
}

/** The map of a layer of one or two axes. */
export function Overview({ of, output, onOutput }: OverviewProps): JSX.Element {
  const { theme } = useAppearance();
  const { t } = useSpeech();
  const [rows, columns] = (of.axes.length === 1 ? [FLAT, of.axes[0]] : of.axes.slice(-2)) as [Axis, Axis];
  const [row, column] = (of.axes.length === 1 ? [0, output[0]] : output.slice(-2)) as [number, number];
  const low = (one: Axis) => Math.min(0, -one.before);
  const high = (one: Axis) => Math.max(span(one) + Math.max(0, one.after), reach(one));
  const wide = Math.max(high(columns) - low(columns), high(rows) - low(rows), out(columns), out(rows), 1);
  const unit = SIDE / wide;
  const thick = (length: number) => Math.max(length * unit, of.axes.length === 1 ? 14 : 0);
  const x = (position: number) => (position - low(columns)) * unit;
  const y = (position: number) => (position - low(rows)) * unit;
  const moved = (event: PointerEvent, how: How) => {
    if (event.buttons === 0 && event.type === 'pointermove') return;
    const panel = event.currentTarget as SVGSVGElement;
    const box = panel.getBoundingClientRect();
    const [left, top] = [(event.clientX - box.left - 1) / unit, (event.clientY - box.top - 1) / unit];
    const isOutput = panel.dataset.panel === 'output';
    const at = (one: Axis, position: number) => {
      const index = isOutput
        ? Math.floor(position)
        : Math.round((position + low(one) + one.before - (extent(one) - 1) / 2) / one.stride);
      return Math.min(out(one) - 1, Math.max(0, index));
    };
    const next =
      of.axes.length === 1 ? [at(columns, left)] : [...output.slice(0, -2), at(rows, top), at(columns, left)];
    if (next.join() !== output.join()) onOutput(next, how);
  };
  const events = {
    onPointerDown: (event: PointerEvent) => {
      (event.currentTarget as Element).setPointerCapture(event.pointerId);
      moved(event, 'push');
    },
    onPointerMove: (event: PointerEvent) => moved(event, 'merge'),
  };
  const { roles } = theme;
  const box = (length: number) => Math.max(SEEN, length * unit);
  return (
    <div class="overview">
      <figure>
        <svg
          data-panel="input"
          width={x(high(columns)) + 2}
          height={thick(high(rows) - low(rows)) + 2}
          viewBox={`-1 -1 ${x(high(columns)) + 2} ${thick(high(rows) - low(rows)) + 2}`}
          role="img"
          aria-label={t(say`the whole input, and where the window is`)}
          {...events}
        >
          <rect
            width={x(high(columns))}
            height={thick(high(rows) - low(rows))}
            fill={roles.pad.fill}
            stroke={roles.pad.line}
            stroke-dasharray="3 3"
          />
          <rect
            x={x(0)}
            y={y(0)}
            width={span(columns) * unit}
            height={thick(span(rows))}
            fill={roles.input.fill}
            stroke={roles.input.line}
          />
          <rect
            x={x(start(columns, column))}
            y={y(start(rows, row))}
            width={box(extent(columns))}
            height={of.axes.length === 1 ? thick(1) : box(extent(rows))}
            fill={roles.window.line}
          />
        </svg>
        <figcaption>{t(say`all ${of.axes.map(({ size }) => size).join('×')}`)}</figcaption>
      </figure>
      <span class="arrow" aria-hidden="true">
        →
      </span>
      <figure>
        <svg
          data-panel="output"
          width={out(columns) * unit + 2}
          height={thick(out(rows)) + 2}
          viewBox={`-1 -1 ${out(columns) * unit + 2} ${thick(out(rows)) + 2}`}
          role="img"
          aria-label={t(say`the whole output, and which one is shown`)}
          {...events}
        >
          <rect
            width={out(columns) * unit}
            height={thick(out(rows))}
            fill={roles.output.fill}
            stroke={roles.output.line}
          />
          <rect
            x={column * unit}
            y={row * unit}
            width={box(1)}
            height={of.axes.length === 1 ? thick(1) : box(1)}
            fill={roles.shown.line}
          />
        </svg>
        <figcaption>{t(say`all ${of.axes.map(out).join('×')}`)}</figcaption>
      </figure>
    </div>
  );
}

/** One row, for a sequence. */
const FLAT: Axis = {
  size: 1,
  kernel: 1,
  stride: 1,
  dilation: 1,
  inputDilation: 1,
  before: 0,
  after: 0,
  overhang: 0,
  fillBefore: 0,
  fillAfter: 0,
};

/** The end of the last window. */
function reach(one: Axis): number {
  return out(one) === 0 ? 0 : start(one, out(one) - 1) + extent(one);
}
