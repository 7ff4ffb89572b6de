import { describe, expect, it } from 'vitest';
import { tensor } from '../tensor/tensor.ts';
import { activate } from './activation.ts';

// What keras.activations gave in version 3.15.1 (TensorFlow backend, float64, rounded to 7 digits).
const inputs = [-4, -2, -0.5, 0, 1, 7];

function each(name: string): number[] {
  const of = tensor(Float64Array.from(inputs));
  activate('keras Conv1D', name, of, 'last', 0);
  return [...of.data];
}

describe('activations', () => {
  it.each([
    ['linear', [-4, -2, -0.5, 0, 1, 7]],
    ['relu', [0, 0, 0, 0, 1, 7]],
    ['relu6', [0, 0, 0, 0, 1, 6]],
    ['leaky_relu', [-0.8, -0.4, -0.1, 0, 1, 7]],
    ['elu', [-0.9816844, -0.8646647, -0.3934693, 0, 1, 7]],
    ['celu', [-0.9816844, -0.8646647, -0.3934693, 0, 1, 7]],
    ['selu', [-1.7258986, -1.5201665, -0.6917582, 0, 1.050701, 7.3549069]],
    ['gelu', [-0.0001267, -0.0455003, -0.1542688, 0, 0.8413447, 7]],
    ['sigmoid', [0.0179862, 0.1192029, 0.3775407, 0.5, 0.7310586, 0.9990889]],
    ['hard_sigmoid', [0, 0.1666667, 0.4166667, 0.5, 0.6666667, 1]],
    ['log_sigmoid', [-4.0181499, -2.126928, -0.974077, -Math.LN2, -0.3132617, -0.0009115]],
    ['silu', [-0.0719448, -0.2384058, -0.1887703, 0, 0.7310586, 6.9936226]],
    ['swish', [-0.0719448, -0.2384058, -0.1887703, 0, 0.7310586, 6.9936226]],
    ['hard_silu', [0, -0.3333333, -0.2083333, 0, 0.6666667, 7]],
    ['hard_swish', [0, -0.3333333, -0.2083333, 0, 0.6666667, 7]],
    ['hard_tanh', [-1, -1, -0.5, 0, 1, 1]],
    ['hard_shrink', [-4, -2, 0, 0, 1, 7]],
    ['soft_shrink', [-3.5, -1.5, 0, 0, 0.5, 6.5]],
    ['tanh_shrink', [-3.0006707, -1.0359724, -0.0378828, 0, 0.2384058, 6.0000017]],
    ['squareplus', [0.236068, 0.4142136, 0.7807764, 1, 1.618034, 7.1400549]],
    ['sparse_plus', [0, 0, 0.0625, 0.25, 1, 7]],
    ['sparse_sigmoid', [0, 0, 0.25, 0.5, 1, 1]],
    ['mish', [-0.0725917, -0.2525015, -0.2207438, 0, 0.8650984, 6.9999884]],
    ['tanh', [-0.9993293, -0.9640276, -0.4621172, 0, 0.7615942, 0.9999983]],
    ['softplus', [0.0181499, 0.126928, 0.474077, Math.LN2, 1.3132617, 7.0009115]],
    ['softsign', [-0.8, -0.6666667, -0.3333333, 0, 0.5, 0.875]],
    ['exponential', [0.0183156, 0.1353353, 0.6065307, 1, Math.E, 1096.6331584]],
  ])('%s', (name, outputs) => {
    each(name).forEach((value, i) => {
      expect(value).toBeCloseTo(outputs[i] as number, 6);
    });
  });

  it('propagates NaN', () => {
    for (const name of ['relu', 'relu6', 'gelu', 'hard_sigmoid', 'elu']) {
      const of = tensor(Float64Array.of(NaN));
      activate('keras Conv1D', name, of, 'last', 0);
      expect(of.data[0]).toBeNaN();
    }
  });

  it('takes softmax over channels in both layouts, large numbers included', () => {
    const last = tensor(Float64Array.of(0, 1000, Math.log(3), 0), [2, 2]);
    activate('keras Conv1D', 'softmax', last, 'last', 1);
    [0, 1, 0.75, 0.25].forEach((value, i) => {
      expect(last.data[i]).toBeCloseTo(value, 12);
    });
    const first = tensor(Float64Array.of(0, Math.log(3), 1000, 0), [1, 2, 2]);
    activate('keras Conv1D', 'softmax', first, 'first', 1);
    [0, 0.75, 1, 0.25].forEach((value, i) => {
      expect(first.data[i]).toBeCloseTo(value, 12);
    });
  });
});
