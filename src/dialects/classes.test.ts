// Classes as they are pasted: what their forward pass calls, in its order, with the counts of the frameworks' own summaries.

import { describe, expect, it } from 'vitest';
import { stack } from '../explain/stacks.ts';
import { flattened } from './classes.ts';
import { dialects } from './index.ts';
import { readLayers } from './python.ts';

const read = (code: string) => readLayers(code, { dialects });
const names = (code: string) => read(code).map(({ name }) => name);

const LENET = `
import torch.nn as nn
import torch.nn.functional as F

class Net(nn.Module):
    """LeNet, as the tutorial has it."""

    def __init__(self, classes: int = 10, size=(32, 32)) -> None:
        super(Net, self).__init__()
        # 1 channel in
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.unused = nn.Conv2d(7, 7, 7)
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        self.fc2 = nn.Linear(120, 84)
        self.fc3 = nn.Linear(84, classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), (2, 2))
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        x = x.view(-1, 16 * 5 * 5)
        x = F.relu(self.fc1(x))
        x = F.relu(self.fc2(x))
        x = self.fc3(x)
        return x
`;

const FLAX = `class CNN(nn.Module):
  @nn.compact
  def __call__(self, x):
    x = nn.Conv(features=32, kernel_size=(3, 3))(x)
    x = nn.avg_pool(x, window_shape=(2, 2), strides=(2, 2))
    x = x.reshape((x.shape[0], -1))  # flatten
    return nn.Dense(features=10)(x)`;

const block = (forward: string) => `class Block(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(8, 8, 3)
        self.relu = nn.ReLU()
    def forward(self, x):
        ${forward.replaceAll('\n', '\n        ')}`;

describe('a pasted class', () => {
  it("is its forward pass, PyTorch's 61,706 parameters of LeNet", () => {
    const rows = stack(read(LENET), [1, 1, 32, 32]);
    expect(rows.map(({ layer }) => layer.name)).toEqual([
      ...['nn.Conv2d', 'F.relu', 'F.max_pool2d', 'nn.Conv2d', 'F.relu', 'F.max_pool2d', 'nn.Flatten'],
      ...['nn.Linear', 'F.relu', 'nn.Linear', 'F.relu', 'nn.Linear'],
    ]);
    expect(rows.at(-1)?.output).toEqual([1, 10]);
    expect(rows.reduce((sum, { parameters }) => sum + parameters, 0)).toBe(61_706);
  });

  it('made and printed', () => {
    expect(names(`${LENET}\nnet = Net()  # one\nprint(net)\n`)).toEqual(names(LENET));
    expect(() => names(`${LENET}\nnet = Net(20)`)).toThrow('Net is no layer');
    expect(() => names(`${LENET}\nnet = Other()`)).toThrow('Other is no layer');
  });

  it('of Flax, of Keras', () => {
    expect(names(FLAX)).toEqual(['nn.Conv', 'nn.avg_pool', 'nn.Flatten', 'nn.Dense']);
    const keras = `class M(keras.Model):
  def __init__(self):
    super().__init__()
    self.conv = layers.Conv2D(4, 3)
    self.pool = layers.MaxPooling2D()
  def call(self, inputs):
    x = self.pool(self.conv(inputs))
    return self.pool(x)`;
    expect(names(keras)).toEqual(['Conv2D', 'MaxPooling2D', 'MaxPooling2D']);
  });

  it('without a forward pass is what it makes', () => {
    const code =
      'class A(nn.Module):\n  def __init__(self):\n    super().__init__()\n    self.a = nn.Conv2d(3, 6, 5)';
    expect(names(code)).toEqual(['nn.Conv2d']);
  });

  it.each<[string, string]>([
    ['out = self.conv(x)\nreturn self.relu(out)', 'nn.Conv2d, nn.ReLU'],
    ['identity = x\nout = self.conv(x)\nreturn out', 'nn.Conv2d'],
    ['x = self.conv(x)\nprint("size:", x.size(), x.shape)  # so far\nreturn x', 'nn.Conv2d'],
    ['x = self.conv(x)\nreturn x.flatten(1)', 'nn.Conv2d, nn.Flatten'],
    ['x = self.conv(x)\nx = x.view(x.size(0), -1)\nreturn x', 'nn.Conv2d, nn.Flatten'],
  ])('%j', (forward, wanted) => {
    expect(names(block(forward)).join(', ')).toBe(wanted);
  });

  it.each<[string, string]>([
    [
      'identity = x\nout = self.conv(x)\nout += identity\nreturn out',
      'line 9, column 9: an update in place is not read',
    ],
    ['out = self.conv(x)\nout = out + x\nreturn out', 'line 8, column 15: arithmetic is not read'],
    ['out = self.conv(x)\nreturn x', 'x goes to more than one layer, and branches are not read'],
    ['y = x\nx = self.conv(x)\nreturn self.relu(y)', 'y goes to more than one layer'],
    [
      'x = self.conv(x)\nreturn x.view(4, 4, 4)',
      'line 8, column 16: x is given another shape, which is not read',
    ],
    ['for c in self.all:\n    x = c(x)\nreturn x', 'a for loop is not read'],
  ])('%j is refused', (forward, sentence) => {
    expect(() => names(block(forward))).toThrow(sentence);
  });

  it.each([
    'class A(nn.Module):\n    pass',
    `${FLAX}\n${FLAX}`,
    `${block('return self.conv(x)')}\n    def other(self):\n        pass`,
  ])('stays a class where it is more: %j', (code) => {
    expect(() => names(code)).toThrow('a class is not read');
  });

  it('points into the pasted text', () => {
    expect(() => names(LENET.replace('84, classes', '84, unknown'))).toThrow('unknown is a variable');
    const { code, forward, defaults } = flattened(LENET);
    expect(code.length).toBe(LENET.length);
    expect(code.split('\n').length).toBe(LENET.split('\n').length);
    expect(LENET.slice(forward).trimStart()).toMatch(/^def forward/);
    expect([...defaults]).toEqual([['classes', 10]]);
  });
});
