// Layers that slide no window, and models pasted whole: what is read, in which order, what shapes and how many numbers.
// The counts are those of the frameworks' own summaries.

import { describe, expect, it } from 'vitest';
import { stack } from '../explain/stacks.ts';

import { dialects } from './index.ts';
import { readLayers } from './python.ts';

const names = (code: string) =>
  readLayers(code, { dialects }).map(({ framework, name }) => `${framework} ${name}`);

/** Output, trained numbers and counted ones. */
const all = (code: string, input: readonly number[]) => {
  const rows = stack(readLayers(code, { dialects }), input);
  const sum = (of: (row: (typeof rows)[number]) => number) => rows.reduce((total, row) => total + of(row), 0);
  return [rows.at(-1)?.output, sum((row) => row.parameters), sum((row) => row.statistics)];
};

describe('models as they are pasted', () => {
  it.each<[string, string, string[]]>([
    [
      'nn.Sequential',
      'model = nn.Sequential(\n  nn.Conv2d(3, 6, 5),  # six\n  nn.ReLU(),\n  nn.MaxPool2d(2),\n)',
      ['torch nn.Conv2d', 'torch nn.ReLU', 'torch nn.MaxPool2d'],
    ],
    [
      'one in another',
      'nn.Sequential(nn.Sequential(nn.Conv2d(3, 6, 5), nn.ReLU()), nn.Flatten())',
      ['torch nn.Conv2d', 'torch nn.ReLU', 'torch nn.Flatten'],
    ],
    [
      'an OrderedDict of pairs',
      "nn.Sequential(OrderedDict([('conv1', nn.Conv2d(1, 20, 5)), ('relu1', nn.ReLU())]))",
      ['torch nn.Conv2d', 'torch nn.ReLU'],
    ],
    [
      'an OrderedDict of a dictionary',
      "nn.Sequential(OrderedDict({'conv1': nn.Conv2d(1, 20, 5), 'relu1': nn.ReLU()}))",
      ['torch nn.Conv2d', 'torch nn.ReLU'],
    ],
    [
      'keras.Sequential',
      'keras.Sequential([keras.Input(shape=(8, 8, 3)), layers.Conv2D(4, 3), layers.BatchNormalization()], name="m")',
      ['keras keras.Input', 'keras Conv2D', 'keras BatchNormalization'],
    ],
    [
      'model.add',
      'cnn = Sequential()\ncnn.add(Conv2D(4, 3))\ncnn.add(Activation("relu"))\ncnn.summary()\ncnn.compile("adam")',
      ['keras Conv2D', 'keras Activation'],
    ],
    [
      'Gluon',
      "net = nn.HybridSequential()\nnet.add(nn.Conv2D(6, 5), nn.BatchNorm(), nn.Activation('relu'), nn.Dense(10))\nnet.initialize()",
      ['mxnet nn.Conv2D', 'mxnet nn.BatchNorm', 'mxnet nn.Activation', 'mxnet nn.Dense'],
    ],
    [
      'Flax, with functions',
      'nn.Sequential([nn.Conv(32, (3, 3)), nn.relu, nn.BatchNorm(use_running_average=True), nn.Dense(3)])',
      ['flax nn.Conv', 'flax nn.relu', 'flax nn.BatchNorm', 'flax nn.Dense'],
    ],
    [
      'Paddle',
      'nn.Sequential(nn.Conv2D(3, 6, 3), nn.BatchNorm2D(6), nn.ReLU())',
      ['paddle nn.Conv2D', 'paddle nn.BatchNorm2D', 'paddle nn.ReLU'],
    ],
    [
      'TensorFlow.js',
      'const model = tf.sequential();\nmodel.add(tf.layers.conv2d({ filters: 8, kernelSize: 5 }));\nmodel.add(tf.layers.flatten());',
      ['tfjs tf.layers.conv2d', 'tfjs tf.layers.flatten'],
    ],
    ['a list', '[nn.Conv2d(3, 8, 3), nn.ReLU()]', ['torch nn.Conv2d', 'torch nn.ReLU']],
    [
      'layers by name, in the order of their use',
      'a = nn.Conv2d(3, 6, 5)\npool = nn.MaxPool2d(2)\nb = nn.Conv2d(6, 16, 5)\nx = pool(F.relu(a(x)))\nx = pool(F.relu(b(x)))',
      [
        'torch nn.Conv2d',
        'torch F.relu',
        'torch nn.MaxPool2d',
        'torch nn.Conv2d',
        'torch F.relu',
        'torch nn.MaxPool2d',
      ],
    ],
    [
      'a container by name',
      'block = nn.Sequential(nn.Conv2d(3, 3, 3), nn.ReLU())\nx = block(x)\nx = block(x)',
      ['torch nn.Conv2d', 'torch nn.ReLU', 'torch nn.Conv2d', 'torch nn.ReLU'],
    ],
  ])('%s', (_, code, wanted) => {
    expect(names(code)).toEqual(wanted);
  });

  const LAYERS = 'layers in turn: lines of them, a list, nn.Sequential(...), or model.add(...)';
  it.each([
    ['class Net(nn.Module):\n    pass', `line 1, column 1: a class is not read; expected ${LAYERS}`],
    [
      'a = nn.Conv2d(3, 3, 3)\ny = a(x)\nz = a(x)',
      `line 3, column 7: x goes to more than one layer, and branches are not read; expected ${LAYERS}`,
    ],
    [
      'y = nn.Conv2d(3, 3, 3)(x)\nz = nn.Conv2d(3, 3, 3)(x)',
      `line 2, column 24: x goes to more than one layer, and branches are not read; expected ${LAYERS}`,
    ],
    [
      'x = nn.Conv2d(3, 3, 3)(x)\nx = torch.cat([x, y], dim=1)',
      `line 2, column 15: several inputs are joined here, and branches are not read; expected ${LAYERS}`,
    ],
    ['nn.Sequential()', 'expected a layer, such as nn.Conv2d(3, 6, 4), received nothing'],
    [
      'x = layers.Add()([x, y])',
      `line 1, column 18: several inputs are joined here, and branches are not read; expected ${LAYERS}`,
    ],
  ])('%s is refused', (code, sentence) => {
    expect(() => names(code)).toThrow(sentence);
  });
});

describe('shapes and counts', () => {
  it.each<[string, readonly number[], [readonly number[], number, number]]>([
    ['nn.BatchNorm2d(6)', [1, 6, 4, 4], [[1, 6, 4, 4], 12, 12]],
    ['nn.BatchNorm2d(6, affine=False)', [1, 6, 4, 4], [[1, 6, 4, 4], 0, 12]],
    ['nn.LazyBatchNorm2d()', [1, 6, 4, 4], [[1, 6, 4, 4], 12, 12]],
    ['nn.InstanceNorm2d(6)', [1, 6, 4, 4], [[1, 6, 4, 4], 0, 0]],
    ['nn.GroupNorm(3, 6)', [1, 6, 4, 4], [[1, 6, 4, 4], 12, 0]],
    ['nn.LayerNorm([6, 4, 4])', [1, 6, 4, 4], [[1, 6, 4, 4], 192, 0]],
    ['nn.PReLU(6)', [1, 6, 4, 4], [[1, 6, 4, 4], 6, 0]],
    ['nn.Flatten()', [2, 6, 4, 4], [[2, 96], 0, 0]],
    ['nn.Flatten(2)', [2, 6, 4, 4], [[2, 6, 16], 0, 0]],
    ['torch.flatten(x, 1)', [2, 6, 4, 4], [[2, 96], 0, 0]],
    ['nn.Linear(256 * 6 * 6, 10)', [2, 9216], [[2, 10], 92170, 0]],
    ['nn.Linear(4, 10, bias=False)', [2, 3, 4], [[2, 3, 10], 40, 0]],
    ['nn.LazyLinear(10)', [2, 7], [[2, 10], 80, 0]],
    ['nn.AdaptiveAvgPool2d(1)', [2, 6, 5, 7], [[2, 6, 1, 1], 0, 0]],
    ['nn.AdaptiveAvgPool2d((2, None))', [2, 6, 4, 7], [[2, 6, 2, 7], 0, 0]],
    ['nn.Upsample(scale_factor=2)', [2, 6, 4, 7], [[2, 6, 8, 14], 0, 0]],
    ['layers.BatchNormalization()', [1, 4, 4, 6], [[1, 4, 4, 6], 12, 12]],
    ['layers.BatchNormalization(scale=False)', [1, 4, 4, 6], [[1, 4, 4, 6], 6, 12]],
    ['layers.LayerNormalization()', [1, 4, 4, 6], [[1, 4, 4, 6], 12, 0]],
    ['layers.PReLU(shared_axes=[1, 2])', [1, 4, 4, 6], [[1, 4, 4, 6], 6, 0]],
    ['layers.GlobalAveragePooling2D()', [1, 4, 5, 6], [[1, 6], 0, 0]],
    ['layers.GlobalMaxPooling2D(keepdims=True)', [1, 4, 5, 6], [[1, 1, 1, 6], 0, 0]],
    ['layers.UpSampling2D((2, 3))', [1, 4, 5, 6], [[1, 8, 15, 6], 0, 0]],
    ['layers.Dense(10)', [1, 4, 6], [[1, 4, 10], 70, 0]],
    ['layers.Rescaling(1./255)', [1, 4, 4, 3], [[1, 4, 4, 3], 0, 0]],
    ['nn.Dense(10, in_units=96)', [2, 6, 4, 4], [[2, 10], 970, 0]],
    ['nn.GlobalAvgPool2D()', [2, 6, 4, 4], [[2, 6, 1, 1], 0, 0]],
    ['flax.linen.Dense(10)', [2, 96], [[2, 10], 970, 0]],
    ['flax.linen.BatchNorm(use_running_average=True)', [1, 4, 4, 6], [[1, 4, 4, 6], 12, 12]],
  ])('%s', (code, input, wanted) => {
    expect(all(code, input)).toEqual(wanted);
  });

  it.each<[string, readonly number[], string]>([
    ['nn.BatchNorm2d(6)', [1, 5, 4, 4], 'torch nn.BatchNorm2d: expected 6 channels, received 5 in 1x5x4x4'],
    ['nn.Linear(5, 2)', [1, 6], 'torch nn.Linear: expected 5 features, received 6 in 1x6'],
    [
      'nn.AdaptiveAvgPool2d(3)',
      [1, 6, 7, 7],
      'torch nn.AdaptiveAvgPool2d: the windows of 3 outputs from a size of 7 are not equally wide; padwise reads sizes that the output divides',
    ],
  ])('%s on %j is refused', (code, input, sentence) => {
    expect(() => all(code, input)).toThrow(sentence);
  });

  it('upsampling reads every element once, as often as it is repeated', () => {
    const [layer] = readLayers('nn.Upsample(scale_factor=3)', { dialects });
    const [step] = layer?.resolve([1, 1, 2, 2]).steps ?? [];
    expect(step).toMatchObject({ operation: 'average', divisor: 1 });
    expect(step?.axes[0]).toMatchObject({ kernel: 3, inputDilation: 3, before: 2, after: 2 });
  });
});
