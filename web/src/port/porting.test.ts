import { dialects } from 'padwise/dialects';
import { readLayers } from 'padwise/python';
import { expect, test } from 'vitest';
import { type Answer, ported } from './porting.ts';
import { FIRST, printState, readState } from './state.ts';
import { weightAxes, weightFigure } from './weights.ts';

function ask(code: string, id: string, size = 224, every = false): Answer {
  const target = dialects.find((one) => one.id === id) as (typeof dialects)[0];
  return ported({ layers: readLayers(code, { dialects }), sizes: [size], every, target }) as Answer;
}

test('the first view: Keras’ same in PyTorch, read back, and what people write is a pixel off', () => {
  const { lines, readBack, usual, from, weights } = ask(FIRST.code, FIRST.target);
  expect(lines).toEqual(['x = F.pad(x, (0, 1, 0, 1))', 'x = nn.Conv2d(3, 64, 3, stride=2)(x)']);
  expect(readBack).toBe('same');
  expect(from).toBe('keras');
  expect(weights[0]?.code).toBe('w.transpose(3, 2, 0, 1)');
  expect(usual?.comparison).toMatchObject({ verdict: 'shifted', shift: [-1, -1] });
  expect(usual?.agreement).toEqual({ period: 2, equal: [1] });
});

test('every framework answers, for one size and for every size', () => {
  for (const { id } of dialects) {
    for (const every of [false, true]) {
      const { lines, impossible, readBack } = ask(FIRST.code, id, 224, every);
      expect(lines === null, id).toBe(impossible !== null);
      if (lines !== null && !every) expect(readBack, id).toBe('same');
    }
  }
});

test('what cannot be said has a reason, and code for some sizes', () => {
  const { impossible, some, period } = ask(FIRST.code, 'openvino', 224, true);
  expect(String(impossible)).toContain('OpenVINO');
  expect(some.map(({ remainders }) => remainders)).toEqual([[1], [0]]);
  expect(period).toBe(2);
});

test('activations are named as left out', () => {
  const { notes } = ask('keras.layers.Conv2D(8, 3, activation="relu")', 'torch');
  expect(notes.map(String)).toContain('Conv2D ends with the activation relu; add it in PyTorch');
});

test('the axes of a weight have their names, in groups too', () => {
  const plain = ask(FIRST.code, 'torch');
  const move = plain.weights[0] as Answer['weights'][0];
  expect(weightAxes(move, plain.layer, 3)).toEqual([
    { letter: 'k0', size: 3 },
    { letter: 'k1', size: 3 },
    { letter: 'i', size: 3 },
    { letter: 'o', size: 64 },
  ]);
  const figure = weightFigure(move, weightAxes(move, plain.layer, 3), 2, ['Keras', 'PyTorch']);
  expect(String(figure.frame(0).description)).toBe(
    'Keras: height 3, width 3, in 3, out 64. PyTorch: out 64, in 3, height 3, width 3.',
  );
  const grouped = ask('nn.Conv2d(8, 16, 3, groups=4)', 'keras', 32);
  const own = grouped.weights[0] as Answer['weights'][0];
  expect(weightAxes(own, grouped.layer, 8).map(({ letter }) => letter)).toEqual(['g', 'o', 'i', 'k0', 'k1']);
  const depthwise = ask('keras.layers.DepthwiseConv2D(3, depth_multiplier=2)', 'torch', 32);
  const moved = depthwise.weights[0] as Answer['weights'][0];
  expect(weightAxes(moved, depthwise.layer, 3).every(({ letter }) => letter !== '?')).toBe(true);
});

test('the address says the question, and hostile ones are told of', () => {
  const known = dialects.map(({ id }) => id);
  const state = { ...FIRST, sizes: [64, 48], every: true, target: 'keras' };
  expect(readState(printState(state), known)).toEqual({ state, wrong: null });
  expect(String(readState(['224', '__proto__', '=x'], known).wrong)).toContain('__proto__');
});
