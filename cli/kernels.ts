// The classic kernels of image processing, for any kernel size, laid into a layer's own weight.
//
//   binomial(3) = 1 2 1        gaussian = binomial x binomial / sum       box = 1 / taps
//   sobel-x     = binomial down, difference -1 0 1 across (smoothed for 5 and more); sobel-y the other way
//   laplacian   = 0 1 0, 1 -4 1, 0 1 0        sharpen = identity - laplacian
//
// With as many filters as channels (or a multiple), filter f reads channel f mod channels; otherwise the mean of all.

import type { Parameter } from '../src/dialects/index.ts';
import type { Geometry } from '../src/geometry/index.ts';
import { type Tensor, tensor } from '../src/index.ts';
import { say } from '../src/words/index.ts';
import { Failure, INVALID } from './failure.ts';

type Taps = (y: number, x: number, height: number, width: number, filter: number) => number;

const KERNELS: Readonly<Record<string, Taps>> = {
  identity: (y, x, height, width) => centred(y, height, 0) * centred(x, width, 0),
  box: (_y, _x, height, width) => 1 / (height * width),
  gaussian: (y, x, height, width) => (binomial(y, height) * binomial(x, width)) / 2 ** (height + width - 2),
  'sobel-x': (y, x, height, width) => binomial(y, height) * difference(x, width),
  'sobel-y': (y, x, height, width) => difference(y, height) * binomial(x, width),
  sobel: (y, x, height, width, filter) =>
    (KERNELS[filter % 2 === 0 ? 'sobel-x' : 'sobel-y'] as Taps)(y, x, height, width, filter),
  laplacian: (y, x, height, width) => {
    const [dy, dx] = [y - middle(height), x - middle(width)];
    return dy === 0 && dx === 0 ? -4 : Math.abs(dy) + Math.abs(dx) === 1 ? 1 : 0;
  },
  sharpen: (y, x, height, width) =>
    (KERNELS.identity as Taps)(y, x, height, width, 0) - (KERNELS.laplacian as Taps)(y, x, height, width, 0),
};

/** Names of the kernels. */
export const kernelNames: readonly string[] = Object.keys(KERNELS);

/** A kernel parameter of one step filled with a named kernel. @throws Failure 2 for an unknown name or another rank */
export function classicKernel(name: string, parameter: Parameter, step: Geometry): Tensor {
  const taps = Object.hasOwn(KERNELS, name) ? KERNELS[name] : undefined;
  if (taps === undefined)
    throw new Failure(INVALID, say`no kernel ${name.slice(0, 40)}`, say`Known: ${kernelNames.join(', ')}.`);
  if (step.axes.length !== 2)
    throw new Failure(INVALID, say`the kernel ${name} is for pictures, not for ${step.axes.length} axes`);
  const [height = 1, width = 1] = step.axes.map((axis) => axis.kernel);
  // A 1x1 step of a separable layer only mixes channels: it passes them on.
  const chosen = height * width === 1 ? (KERNELS.identity as Taps) : taps;
  const perGroup = step.channels / step.groups;
  const spread = step.filters % step.channels === 0;
  const weigh = ({ g, o, i, k }: Place) => {
    const filter = g * (step.filters / step.groups) + o;
    const channel = g * perGroup + i;
    const share = !spread ? 1 / perGroup : perGroup === 1 || filter % step.channels === channel ? 1 : 0;
    return share === 0
      ? 0
      : share *
          chosen(
            k[0] as number,
            k[1] as number,
            height,
            width,
            Math.floor(filter / (spread ? step.channels : 1)),
          );
  };
  const count = parameter.shape.reduce((product, n) => product * n, 1);
  return tensor(
    Float32Array.from({ length: count }, (_, at) => weigh(place(at, parameter, step))),
    parameter.shape,
  );
}

interface Place {
  g: number;
  o: number;
  i: number;
  k: number[];
}

/** Which group, filter, channel and tap a weight's element belongs to, by the parameter's order. */
function place(at: number, { shape, order }: Parameter, step: Geometry): Place {
  const found: Place = { g: 0, o: 0, i: 0, k: [] };
  const extents = { g: step.groups, o: step.filters / step.groups, i: step.channels / step.groups };
  let rest = at;
  const indices = [...shape].reverse().map((size) => {
    const index = rest % size;
    rest = Math.floor(rest / size);
    return index;
  });
  const next = () => indices.pop() as number;
  for (const word of order.split(' ')) {
    if (word === 'k') {
      found.k = step.axes.map(next);
      continue;
    }
    let index = next();
    for (const letter of [...word].reverse() as ('g' | 'o' | 'i')[]) {
      found[letter] = index % extents[letter];
      index = Math.floor(index / extents[letter]);
    }
  }
  return found;
}

function middle(size: number): number {
  return Math.floor((size - 1) / 2);
}

function centred(index: number, size: number, by: number): number {
  return index === middle(size) + by ? 1 : 0;
}

/** Row `size - 1` of Pascal's triangle. */
function binomial(index: number, size: number): number {
  let value = 1;
  for (let i = 0; i < index; i++) value = (value * (size - 1 - i)) / (i + 1);
  return value;
}

/** -1 0 1 smoothed to the size; -1 1 for two taps, 0 for one. */
function difference(index: number, size: number): number {
  if (size < 3) return size === 2 ? 2 * index - 1 : 0;
  const smooth = (at: number) => (at < 0 || at > size - 3 ? 0 : binomial(at, size - 2));
  return smooth(index - 2) - smooth(index);
}
