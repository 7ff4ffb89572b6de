// The activations that kernels know, as plain formulas: the definition of what epilogue.ts computes four at a time.

import type { Numbers } from './operands.ts';

/** What is done to each number of an output before it is stored. */
export type Activation =
  | { readonly name: 'relu' | 'hard_swish' | 'silu' | 'sigmoid' | 'tanh' }
  | { readonly name: 'clip'; readonly low: number; readonly high: number }
  | { readonly name: 'leaky_relu'; readonly slope: number };

/** Every activation, with the numbers it takes. */
export const ACTIVATIONS: Readonly<Record<Activation['name'], readonly string[]>> = {
  relu: [],
  clip: ['low', 'high'],
  leaky_relu: ['slope'],
  hard_swish: [],
  silu: [],
  sigmoid: [],
  tanh: [],
};

/** Applies an activation in place, computing in float64. */
export function activateAll(of: Activation, data: Numbers): void {
  const one = formula(of);
  for (let i = 0; i < data.length; i++) data[i] = one(data[i] as number);
}

function formula(of: Activation): (x: number) => number {
  switch (of.name) {
    case 'relu':
      return (x) => Math.max(x, 0);
    case 'clip':
      return (x) => Math.min(Math.max(x, of.low), of.high);
    case 'leaky_relu':
      return (x) => (x > 0 ? x : x * of.slope);
    case 'hard_swish':
      return (x) => x * (Math.min(Math.max(x + 3, 0), 6) / 6);
    case 'silu':
      return (x) => x * (1 / (1 + Math.exp(-x)));
    case 'sigmoid':
      return (x) => 1 / (1 + Math.exp(-x));
    case 'tanh':
      return Math.tanh;
  }
}
