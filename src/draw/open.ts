// The figure a line names (drawing.ts): one entry for the command line, links and figures opened again.

import { type Geometry, inputShape } from '../geometry/index.ts';
import { channelsFigure } from './channels.ts';
import { type Drawing, parseDrawing, printDrawing } from './drawing.ts';
import { driftFigure } from './drift.ts';
import { heatFigures } from './heat.ts';
import { windowFigure } from './layer.ts';
import { counting, type Numbers } from './numbers.ts';
import type { Figure } from './picture.ts';
import { reachFigure } from './reach.ts';
import { reachMapFigure } from './reach-map.ts';
import { scatterFigure } from './scatter.ts';
import { shiftFigure } from './shift.ts';
import { shiftMapFigure } from './shift-map.ts';
import { stripFigure } from './strips.ts';

/**
 * The figure of a drawing, or of its line.
 * @throws GeometryError for a line that names none
 */
export function figure(given: Drawing | string): Figure {
  const of = typeof given === 'string' ? parseDrawing(given) : given;
  const source = printDrawing(of);
  const [steps = []] = of.stacks;
  const [first] = steps as readonly [Geometry];
  const options = {
    source,
    numbers: numbersOf(of, first),
    ...(of.limit === undefined ? {} : { limit: of.limit }),
    ...(of.axis === undefined ? {} : { axis: of.axis }),
    ...(of.at === undefined ? {} : { together: of.at }),
    ...(of.unpadded ? { compareUnpadded: true } : {}),
  };
  if (of.view === 'window') return windowFigure(first, options);
  if (of.view === 'strip') return stripFigure(first, options);
  if (of.view === 'scatter') return scatterFigure(first, options);
  if (of.view === 'channels') return channelsFigure(first, options);
  if (of.view === 'reach') return reachFigure(steps, options);
  if (of.view === 'reach-map') return reachMapFigure(steps, options);
  const stacks = of.stacks.map((one, i) => {
    const name = of.names?.[i];
    return { steps: one, ...(name === undefined ? {} : { name }) };
  });
  if (of.view === 'heat') return heatFigures(stacks, options);
  const names: readonly [string, string] = [of.names?.[0] ?? '1', of.names?.[1] ?? '2'];
  const [, other = []] = of.stacks;
  if (of.view === 'drift') return driftFigure([steps, other], { ...options, names });
  const draw = of.view === 'shift' ? shiftFigure : shiftMapFigure;
  return draw(first, other[0] as Geometry, { ...options, names });
}

/** The drawing's own numbers, counting ones for what it does not give. */
function numbersOf({ input, kernel }: Drawing, of: Geometry): Numbers {
  const counted = counting(of);
  const [, , ...sizes] = inputShape(of);
  const kernels = of.axes.map((axis) => axis.kernel);
  const from = (values: readonly number[], shape: readonly number[]) => (index: readonly number[]) =>
    values[index.reduce((sum, at, i) => sum * (shape[i] as number) + at, 0)] ?? 0;
  return {
    input: input === undefined ? counted.input : from(input, sizes),
    weight: kernel === undefined ? counted.weight : from(kernel, kernels),
  };
}
