import { describe, expect, it } from 'vitest';
import { configure } from '../../engine/configure.ts';
import { prepare } from '../../engine/prepare.ts';
import { parse } from '../../geometry/index.ts';
import { tensor } from '../../tensor/tensor.ts';
import { type Activation, activateAll } from '../activation.ts';

const activations: readonly Activation[] = [
  { name: 'relu' },
  { name: 'clip', low: -1, high: 6 },
  { name: 'leaky_relu', slope: 0.25 },
  { name: 'hard_swish' },
  { name: 'silu' },
  { name: 'sigmoid' },
  { name: 'tanh' },
];

describe('an activation while it is computed', () => {
  it.each(activations)('$name is within 3 units in the last place of its formula', (activation) => {
    configure({ compileFrom: 0 });
    const inputs = Float32Array.from({ length: 4096 }, (_, i) => {
      const small = (i - 2048) / 100;
      return i % 3 === 0 ? small ** 3 / 50 : small;
    });
    const of = parse('1x1x4096 k1 -> 1');
    const layer = prepare(of, { weight: Float32Array.of(1) }, { activation });
    const found = layer(tensor(inputs, [1, 1, 4096])).data;
    const wanted = Float64Array.from(inputs);
    activateAll(activation, wanted);
    configure({ compileFrom: 4096 });
    let worst = 0;
    wanted.forEach((value, i) => {
      const unit = 2 ** (Math.floor(Math.log2(Math.max(Math.abs(value), 1e-28))) - 23);
      worst = Math.max(worst, Math.abs((found[i] as number) - value) / unit);
    });
    expect(worst).toBeLessThanOrEqual(3);
  });
});
