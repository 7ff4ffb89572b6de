// What a layer does to each number it has computed, by Keras' names and with Keras 3's formulas; `softmax` and
// `log_softmax` look at all channels of a position. Computed in float64, stored in the type of the data.
//
//   gelu is the exact one, x (1 + erf(x / sqrt 2)) / 2;  leaky_relu has slope 0.2;  hard_sigmoid is relu6(x + 3) / 6
//
// Source: keras/src/activations/activations.py (3.15).

import { DialectError } from '../dialects/error.ts';
import type { Activation } from '../engine/prepare.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';

const SELU = { alpha: 1.6732632423543772, scale: 1.0507009873554805 };

const EACH: Readonly<Record<string, (x: number) => number>> = {
  linear: (x) => x,
  relu: (x) => Math.max(x, 0),
  relu6,
  leaky_relu: (x) => (x < 0 ? 0.2 * x : x),
  elu,
  celu: elu,
  selu: (x) => SELU.scale * (x < 0 ? SELU.alpha * Math.expm1(x) : x),
  gelu: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
  sigmoid,
  hard_sigmoid: hardSigmoid,
  log_sigmoid: (x) => -softplus(-x),
  silu: (x) => x * sigmoid(x),
  swish: (x) => x * sigmoid(x),
  hard_silu: (x) => x * hardSigmoid(x),
  hard_swish: (x) => x * hardSigmoid(x),
  hard_tanh: (x) => Math.min(Math.max(x, -1), 1),
  hard_shrink: (x) => (Math.abs(x) <= 0.5 ? 0 : x),
  soft_shrink: (x) => (Math.abs(x) <= 0.5 ? 0 : x - Math.sign(x) / 2),
  tanh_shrink: (x) => x - Math.tanh(x),
  squareplus: (x) => (x + Math.sqrt(x * x + 4)) / 2,
  sparse_plus: (x) => (x <= -1 ? 0 : x < 1 ? (x + 1) ** 2 / 4 : x),
  sparse_sigmoid: (x) => Math.min(Math.max((x + 1) / 2, 0), 1),
  mish: (x) => x * Math.tanh(softplus(x)),
  tanh: Math.tanh,
  softplus,
  softsign: (x) => x / (1 + Math.abs(x)),
  exponential: Math.exp,
};

const CHANNELS: Readonly<Record<string, (x: number, largest: number, sum: number) => number>> = {
  softmax: (x, largest, sum) => Math.exp(x - largest) / sum,
  log_softmax: (x, largest, sum) => x - largest - Math.log(sum),
};

/** What the engine applies while it computes, by Keras' names. */
const FUSED: Readonly<Record<string, Activation>> = {
  relu: { name: 'relu' },
  relu6: { name: 'clip', low: 0, high: 6 },
  leaky_relu: { name: 'leaky_relu', slope: 0.2 },
  hard_silu: { name: 'hard_swish' },
  hard_swish: { name: 'hard_swish' },
  silu: { name: 'silu' },
  swish: { name: 'silu' },
  sigmoid: { name: 'sigmoid' },
  tanh: { name: 'tanh' },
};

/** The activation as the engine knows it; null for none and for those that are applied afterwards. */
export function fusedActivation(name: string | null): Activation | null {
  return name !== null && Object.hasOwn(FUSED, name) ? (FUSED[name] as Activation) : null;
}

/**
 * Applies an activation to a contiguous tensor in place.
 * @param who whose activation it is, for the error
 * @param layout where the channels stand; `rank` spatial dimensions beside them
 * @throws DialectError 'argument' for a name it does not know
 */
export function activate(
  who: string,
  name: string,
  of: Tensor,
  layout: 'first' | 'last',
  rank: number,
): void {
  const each = Object.hasOwn(EACH, name) ? EACH[name] : undefined;
  const across = Object.hasOwn(CHANNELS, name) ? CHANNELS[name] : undefined;
  const { data } = of;
  if (each !== undefined) {
    for (let i = 0; i < data.length; i++) data[i] = each(data[i] as number);
  } else if (across !== undefined) {
    const [channels, apart] =
      layout === 'last'
        ? [of.shape.at(-1) as number, 1]
        : [of.shape.at(-1 - rank) as number, of.shape.slice(-rank).reduce((product, n) => product * n, 1)];
    acrossChannels(data, channels, apart, across);
  } else {
    const known = [...Object.keys(EACH), ...Object.keys(CHANNELS)].join(', ');
    throw new DialectError(
      'argument',
      say`${who}: activation '${name.slice(0, 60)}' is none padwise computes: ${known}`,
    );
  }
}

/** Groups of `channels` numbers that lie `apart` from each other. */
function acrossChannels(
  data: Tensor['data'],
  channels: number,
  apart: number,
  value: (x: number, largest: number, sum: number) => number,
): void {
  for (let block = 0; block < data.length; block += channels * apart) {
    for (let first = block; first < block + apart; first++) {
      let largest = -Infinity;
      for (let c = 0; c < channels; c++) largest = Math.max(largest, data[first + c * apart] as number);
      let sum = 0;
      for (let c = 0; c < channels; c++) sum += Math.exp((data[first + c * apart] as number) - largest);
      for (let c = 0; c < channels; c++) {
        const at = first + c * apart;
        data[at] = value(data[at] as number, largest, sum);
      }
    }
  }
}

function relu6(x: number): number {
  return Math.min(Math.max(x, 0), 6);
}

function elu(x: number): number {
  return x < 0 ? Math.expm1(x) : x;
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}

function hardSigmoid(x: number): number {
  return relu6(x + 3) / 6;
}

function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** 2 / sqrt(pi) * exp(-x^2) * sum of 2^n x^(2n+1) / (1 * 3 * ... * (2n+1)): no term cancels another. */
function erf(x: number): number {
  if (Number.isNaN(x)) return x;
  if (Math.abs(x) > 6) return Math.sign(x);
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17 * Math.abs(sum); n++) {
    term *= (2 * x * x) / (2 * n + 1);
    sum += term;
  }
  return (2 / Math.sqrt(Math.PI)) * Math.exp(-x * x) * sum;
}
