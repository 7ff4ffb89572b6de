// The address of the Stack screen, as its parts:
//
//   224x224 to5 axis0 / =code of the stack / =code of a second one
//
// The first part says the input, the layer looked from (the last unless said) and the axis drawn (the last unless said).

import { say, type Text } from 'padwise/words';
import { readSizes } from '../layer.ts';

/** What the screen shows. */
export interface State {
  readonly sizes: readonly number[];
  /** The layer looked from, 0 the first; null: the last that slides a window. */
  readonly to: number | null;
  /** The axis drawn; null: the last. */
  readonly axis: number | null;
  readonly code: string;
  /** The stack it is compared with; null for none. */
  readonly other: string | null;
}

/** A stack to begin with. */
export interface Example {
  readonly name: Text;
  readonly state: State;
}

const RESNET = `nn.Sequential(
    nn.Conv2d(3, 64, 7, stride=2, padding=3),
    nn.MaxPool2d(3, stride=2, padding=1),
    nn.Conv2d(64, 64, 3, padding=1),
    nn.Conv2d(64, 64, 3, padding=1),
    nn.Conv2d(64, 128, 3, stride=2, padding=1),
)`;
const VGG = `nn.Sequential(
    nn.Conv2d(3, 64, 3, padding=1),
    nn.ReLU(),
    nn.Conv2d(64, 64, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
    nn.Conv2d(64, 128, 3, padding=1),
    nn.ReLU(),
    nn.MaxPool2d(2),
)`;
const INCEPTION = `keras.Sequential([
    keras.layers.Conv2D(32, 3, strides=2),
    keras.layers.Conv2D(32, 3),
    keras.layers.Conv2D(64, 3, padding="same"),
    keras.layers.MaxPooling2D(3, strides=2),
    keras.layers.Conv2D(80, 1),
    keras.layers.Conv2D(192, 3),
    keras.layers.MaxPooling2D(3, strides=2),
])`;
const WAVENET = `keras.Sequential([
    keras.layers.Conv1D(16, 2, dilation_rate=1, padding="causal"),
    keras.layers.Conv1D(16, 2, dilation_rate=2, padding="causal"),
    keras.layers.Conv1D(16, 2, dilation_rate=4, padding="causal"),
    keras.layers.Conv1D(16, 2, dilation_rate=8, padding="causal"),
])`;
const DECODER = `nn.Sequential(
    nn.ConvTranspose2d(256, 128, 4, stride=2, padding=1),
    nn.ConvTranspose2d(128, 64, 4, stride=2, padding=1),
    nn.ConvTranspose2d(64, 3, 4, stride=2, padding=1),
)`;
const repeated = (count: number, line: string, first: string = line) =>
  [first, ...Array.from({ length: count - 1 }, () => line)].map((one) => `    ${one},\n`).join('');
const FIVE_TORCH = `nn.Sequential(\n${repeated(5, 'nn.Conv2d(8, 8, 3, stride=2, padding=1)', 'nn.Conv2d(3, 8, 3, stride=2, padding=1)')})`;
const FIVE_KERAS = `keras.Sequential([\n${repeated(5, 'keras.layers.Conv2D(8, 3, strides=2, padding="same")')}])`;

const stateOf = (size: number, code: string, other: string | null = null): State => ({
  sizes: [size],
  to: null,
  axis: null,
  code,
  other,
});

/** The first is what the screen opens with. */
export const examples: readonly [Example, ...Example[]] = [
  { name: say`The first layers of ResNet`, state: stateOf(224, RESNET) },
  { name: say`Two blocks of VGG`, state: stateOf(224, VGG) },
  { name: say`The stem of Inception, without padding`, state: stateOf(300, INCEPTION) },
  { name: say`WaveNet: dilated and causal`, state: stateOf(32, WAVENET) },
  { name: say`A decoder, upwards by transposed convolutions`, state: stateOf(8, DECODER) },
  {
    name: say`Five strided layers, PyTorch against Keras`,
    state: stateOf(224, FIVE_TORCH, FIVE_KERAS),
  },
];

/** What an address says, and a sentence about what in it was not understood. */
export function readState(parts: readonly string[]): { readonly state: State; readonly wrong: Text | null } {
  const first = examples[0].state;
  if (parts.length === 0) return { state: first, wrong: null };
  const codes = parts.filter((part) => part.startsWith('=')).map((part) => part.slice(1));
  const [head = '', ...surplus] = parts.filter((part) => !part.startsWith('='));
  const [size = '', ...words] = head.trim().split(/\s+/);
  const sizes = head.trim() === '' ? first.sizes : readSizes(size);
  const number = (name: string) => {
    const word = words.find((one) => new RegExp(`^${name}\\d{1,3}$`).test(one));
    return word === undefined ? null : Number(word.slice(name.length));
  };
  const unknown =
    words.find((word) => !/^(to|axis)\d{1,3}$/.test(word)) ??
    surplus[0] ??
    (Array.isArray(sizes) ? undefined : size);
  const [code = first.code, other = null] = codes;
  const to = number('to');
  return {
    state: {
      sizes: Array.isArray(sizes) ? sizes : first.sizes,
      to: to === null || to === 0 ? null : to - 1,
      axis: number('axis'),
      code,
      other,
    },
    wrong:
      unknown === undefined
        ? null
        : say`This link was not understood: ${unknown.length > 40 ? `${unknown.slice(0, 40)}…` : unknown}`,
  };
}

/** The parts of an address; readState(printState(s)) is s. */
export function printState({ sizes, to, axis, code, other }: State): string[] {
  const words = [
    sizes.join('x'),
    ...(to === null ? [] : [`to${to + 1}`]),
    ...(axis === null ? [] : [`axis${axis}`]),
  ];
  return [words.join(' '), `=${code}`, ...(other === null ? [] : [`=${other}`])];
}
