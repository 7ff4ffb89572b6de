// A picture's marks as SVG elements, in the theme's colours and the page's language: the page's twin of the library's svg.ts.
// Nothing here is HTML from text; every mark is an element, every word a text node.

import { type Box, inked, type Label, type Line, type Mark, painted, type Theme } from 'padwise/draw';
import type { Text } from 'padwise/words';
import type { JSX } from 'preact';
import { memo } from '../memo.ts';

/** What marks are drawn with. */
export interface MarksProps {
  readonly marks: readonly Mark[];
  readonly theme: Theme;
  readonly t: (text: Text) => string;
}

/** The marks in order; drawn again only when they, the theme or the language are others. */
export const Marks: (props: MarksProps) => JSX.Element = memo(({ marks, theme, t }: MarksProps) => (
  <g>
    {marks.map((mark, i) =>
      mark.kind === 'box' ? (
        <BoxMark key={i} box={mark} theme={theme} t={t} />
      ) : mark.kind === 'line' ? (
        <LineMark key={i} line={mark} theme={theme} />
      ) : (
        <LabelMark key={i} label={mark} theme={theme} t={t} />
      ),
    )}
  </g>
));

function BoxMark({
  box,
  theme,
  t,
}: {
  readonly box: Box;
  readonly theme: Theme;
  readonly t: MarksProps['t'];
}): JSX.Element {
  const { x, y, width, height, paint, weight = 1, size = 13 } = box;
  const colours = paint === null ? null : painted(theme, paint);
  const line =
    box.line === undefined ? colours?.line : box.line === null ? undefined : inked(theme, box.line);
  const frame = box.place?.frame;
  return (
    <g data-frame={frame} class={frame === undefined ? undefined : 'choosable'}>
      <rect
        x={x}
        y={y}
        width={width}
        height={height}
        rx={box.round}
        fill={colours?.fill ?? 'none'}
        stroke={line}
        stroke-width={line === undefined ? undefined : weight}
        stroke-dasharray={box.dashed ? '3 3' : undefined}
        pointer-events={paint === null ? 'none' : undefined}
      />
      {box.hatched && <path d={hatch(box)} stroke={line ?? theme.faint} stroke-width={0.8} />}
      {box.text !== undefined && box.text !== '' && (
        <text
          class="figures"
          x={x + width / 2}
          y={y + height / 2 + size * 0.35}
          fill={colours?.text ?? (box.line ? inked(theme, box.line) : theme.ink)}
          font-size={size}
          font-weight={box.bold ? 700 : undefined}
          text-anchor="middle"
        >
          {t(box.text)}
        </text>
      )}
    </g>
  );
}

function LabelMark({
  label,
  theme,
  t,
}: {
  readonly label: Label;
  readonly theme: Theme;
  readonly t: MarksProps['t'];
}): JSX.Element {
  const { x, y, text, anchor, ink, size = 13, bold, mono } = label;
  return (
    <text
      class={mono ? 'figures' : undefined}
      x={x}
      y={y + size * 0.35}
      fill={inked(theme, ink)}
      font-size={size}
      font-weight={bold ? 700 : undefined}
      text-anchor={anchor}
    >
      {t(text)}
    </text>
  );
}

function LineMark({ line, theme }: { readonly line: Line; readonly theme: Theme }): JSX.Element {
  const colour = inked(theme, line.ink);
  const { points, weight = 1 } = line;
  const path = `M${points.map(([x, y]) => `${x} ${y}`).join('L')}`;
  return (
    <g pointer-events="none">
      <path
        d={path}
        fill="none"
        stroke={colour}
        stroke-width={weight}
        stroke-dasharray={line.dashed ? '4 3' : undefined}
      />
      {line.arrow && <path d={head(line)} fill={colour} />}
    </g>
  );
}

/** Diagonals every 7 units, each cut at the box's sides. */
function hatch({ x, y, width, height }: Box): string {
  let path = '';
  for (let sum = 7; sum < width + height; sum += 7) {
    const [low, high] = [Math.max(0, sum - height), Math.min(width, sum)];
    path += `M${x + low} ${y + sum - low}L${x + high} ${y + sum - high}`;
  }
  return path;
}

/** A triangle at the last point, turned as the last piece is. */
function head({ points, weight = 1 }: Line): string {
  const [from, to] = [points.at(-2) ?? [0, 0], points.at(-1) ?? [0, 0]];
  const angle = Math.atan2(to[1] - from[1], to[0] - from[0]);
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)];
  const corner = (along: number, across: number) =>
    `${to[0] - cos * along - sin * across} ${to[1] - sin * along + cos * across}`;
  const [long, half] = [6 + 2 * weight, 2.5 + weight];
  return `M${to[0]} ${to[1]}L${corner(long, half)}L${corner(long, -half)}Z`;
}
