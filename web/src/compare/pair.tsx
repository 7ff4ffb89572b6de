// Two layers in one figure: their windows along an axis with arrows from centre to centre, a map of what both read for one
// output, or, of stacks, how their outputs drift apart layer by layer.

import { driftFigure, type Figure, shiftFigure, shiftMapFigure } from 'padwise/draw';
import { type Axis, type Geometry, sameReads } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { Tabs } from '../controls/tabs.tsx';
import { CopyMenu } from '../figure/copy-menu.tsx';
import { FigureView } from '../figure/figure-view.tsx';
import type { How } from '../screens.tsx';
import { axisName } from './facts.ts';
import type { View } from './state.ts';

/** What a {@link PairFigure} takes. */
export interface PairFigureProps {
  /** The steps of both. */
  readonly pair: readonly [readonly Geometry[], readonly Geometry[]];
  readonly names: readonly [Text, Text];
  readonly view: View;
  readonly onView: (view: View) => void;
  readonly frame: number;
  readonly onFrame: (frame: number, how: How) => void;
}

/** The figure and the tabs that turn it. */
export function PairFigure({ pair, names, view, onView, frame, onFrame }: PairFigureProps): JSX.Element {
  const [first, second] = pair;
  const rank = first[0]?.axes.length ?? 1;
  const single = first.length === 1 && second.length === 1;
  const axes = apart(pair) ? Array.from({ length: rank }, (_, i) => i) : [rank - 1];
  const tabs = [
    ...axes.map((axis) => ({
      name: `axis-${axis}`,
      title: axes.length === 1 ? say`Along a row` : say`Along the ${axisName(axis, rank)}`,
      view: axis as View,
    })),
    ...(single && rank === 2 ? [{ name: 'map', title: say`On the image`, view: 'map' as View }] : []),
  ];
  const chosen = tabs.find((tab) => tab.view === view) ?? tabs[firstApart(pair, axes)] ?? tabs[0];
  // The names are made anew each time; what they say counts.
  const figure = useMemo(
    () => figureOf(pair, names, chosen?.view ?? null),
    [first, second, String(names[0]), String(names[1]), chosen?.view],
  );
  const shown = (
    <FigureView
      figure={figure}
      frame={frame}
      onFrame={onFrame}
      tools={<CopyMenu figure={figure} frame={Math.min(frame, figure.frames - 1)} name="compare" />}
    />
  );
  if (tabs.length < 2) return shown;
  return (
    <Tabs
      label={say`How to look at it`}
      tabs={tabs}
      chosen={chosen?.name ?? ''}
      onChoose={(name) => onView(tabs.find((tab) => tab.name === name)?.view ?? null)}
    >
      {shown}
    </Tabs>
  );
}

function figureOf(pair: PairFigureProps['pair'], names: readonly [Text, Text], view: View): Figure {
  const [first, second] = pair.map((steps) => steps[0]) as [Geometry, Geometry];
  const single = pair.every(({ length }) => length === 1);
  if (single && view === 'map') return shiftMapFigure(first, second, { names });
  const axis = typeof view === 'number' ? { axis: view } : {};
  return single ? shiftFigure(first, second, { names, ...axis }) : driftFigure(pair, { names, ...axis });
}

/** Whether the axes are not all alike, so that each has a figure of its own. */
function apart(pair: PairFigureProps['pair']): boolean {
  return pair.some((steps) =>
    steps.some(({ axes }) => axes.some((axis) => JSON.stringify(axis) !== JSON.stringify(axes[0]))),
  );
}

/** Which of the axes is the first that differs. */
function firstApart([first, second]: PairFigureProps['pair'], axes: readonly number[]): number {
  const found = axes.findIndex((i) => {
    const [one, other] = [first[0]?.axes[i], second[0]?.axes[i]] as [Axis | undefined, Axis | undefined];
    return one !== undefined && other !== undefined && !sameReads(one, other);
  });
  return Math.max(0, found);
}
