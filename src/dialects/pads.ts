// One set of pads in everyone's order. The same four numbers mean four different things:
//
//   onnx     [t, l, b, r]                       all befores, then all afters
//   torch    (l, r, t, b)                       pairs, the last axis first (F.pad)
//   webnn    [t, b, l, r]                       pairs, the first axis first
//   tensorflow, numpy, keras, jax, mxnet        as shown below
//
// Sources: ONNX Conv, PyTorch F.pad, WebNN conv2d, tf.nn.conv2d, Keras ZeroPadding2D, jax.lax, mx.nd.pad.

import type { Pads } from '../geometry/index.ts';
import { say } from '../words/index.ts';
import { DialectError } from './error.ts';

interface Order {
  readonly read: (flat: readonly number[]) => Pads[];
  readonly write: (pads: readonly Pads[]) => string;
}

const pairs = (flat: readonly number[]): Pads[] =>
  flat.flatMap((before, i): Pads[] => (i % 2 === 0 ? [[before, flat[i + 1] as number]] : []));

const nested = (open: string, close: string) => (pads: readonly Pads[]) =>
  `${open}${pads.map(([before, after]) => `${open}${before}, ${after}${close}`).join(', ')}${close}`;

/** Two zeros for batch and channels at a place of their own, which the numbers may leave out. */
const spatial = (flat: readonly number[], lead: number, trail: number): Pads[] => {
  const all = pairs(flat);
  const around = [...all.slice(0, lead), ...all.slice(all.length - trail)];
  const zeros = all.length > lead + trail && around.every(([before, after]) => before === 0 && after === 0);
  return zeros && all.length > 3 ? all.slice(lead, all.length - trail) : all;
};

const ORDERS: Readonly<Record<string, Order>> = {
  onnx: {
    read: (flat) =>
      flat.slice(0, flat.length / 2).map((before, i): Pads => [before, flat[flat.length / 2 + i] as number]),
    write: (pads) => `[${[...pads.map(([before]) => before), ...pads.map(([, after]) => after)].join(', ')}]`,
  },
  torch: {
    read: (flat) => pairs(flat).reverse(),
    write: (pads) => `(${[...pads].reverse().flat().join(', ')})`,
  },
  webnn: { read: pairs, write: (pads) => `[${pads.flat().join(', ')}]` },
  tensorflow: {
    read: (flat) => spatial(flat, 1, 1),
    write: (pads) => nested('[', ']')([[0, 0], ...pads, [0, 0]]),
  },
  keras: { read: pairs, write: nested('(', ')') },
  jax: { read: pairs, write: nested('(', ')') },
  numpy: { read: pairs, write: nested('(', ')') },
  mxnet: {
    read: (flat) => spatial(flat, 2, 0),
    write: (pads) => `(${[0, 0, 0, 0, ...pads.flat()].join(', ')})`,
  },
};

/** The frameworks whose order of pads is known. */
export const padOrders: readonly string[] = Object.keys(ORDERS);

/**
 * Numbers in a framework's order as [before, after] per axis, first axis first.
 * @throws DialectError for an unknown framework, an odd count or more than three axes
 */
export function readPads(framework: string, flat: readonly number[]): Pads[] {
  const pads = flat.length % 2 === 0 && flat.length > 0 ? order(framework).read(flat) : [];
  if (pads.length >= 1 && pads.length <= 3) return pads;
  throw new DialectError('argument', say`pads: expected 2, 4 or 6 numbers, received ${flat.length}`);
}

/** Pads as code in a framework's order. @throws DialectError for an unknown framework */
export function writePads(framework: string, pads: readonly Pads[]): string {
  return order(framework).write(pads);
}

function order(framework: string): Order {
  const found = Object.hasOwn(ORDERS, framework) ? ORDERS[framework] : undefined;
  if (found !== undefined) return found;
  throw new DialectError('unknown', say`no order of pads is known for ${framework.slice(0, 40)}`, {
    hint: `Known: ${padOrders.join(', ')}.`,
  });
}
