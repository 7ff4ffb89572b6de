// The rows where padwise does not follow a run, each for a reason that oracle/DISAGREEMENTS.md tells with the numbers.

/** A row's values by column and its `answer`; of a numeric case only its `code`. */
export type Values = Readonly<Record<string, string>>;

interface Disagreement {
  readonly framework: string;
  readonly fixtures: readonly string[];
  readonly covers: (row: Values) => boolean;
  /** The heading in DISAGREEMENTS.md, and how many rows stand under it. */
  readonly heading: string;
  readonly rows: number;
}

const number = (row: Values, name: string) => Number(row[name]);
const missing = (row: Values) => number(row, 'kernel') - number(row, 'size');
const stride = (row: Values) => number(row, row.stride === 'None' ? 'kernel' : 'stride');
const refused = (row: Values) => row.answer?.startsWith('!') === true;

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    framework: 'torch',
    fixtures: ['pad1d', 'pad1d-layer'],
    heading: 'PyTorch: circular padding of an input that is cropped away',
    rows: 26,
    covers: (row) => {
      const [before, after] = [number(row, 'before'), number(row, 'after')];
      const left = number(row, 'size') + Math.min(before, 0) + Math.min(after, 0);
      const circular = row.mode === "'circular'" || row.layer === 'CircularPad1d';
      return circular && !refused(row) && (left < 0 || (left === 0 && Math.max(before, after) > 0));
    },
  },
  {
    framework: 'keras',
    fixtures: ['conv1d-transpose'],
    heading: 'Keras on TensorFlow: transposed convolutions its CPU kernels do not have',
    rows: 360,
    covers: (row) =>
      refused(row) &&
      (number(row, 'dilation') > 1 || (row.padding === "'same'" && number(row, 'kernel') % 2 === 0)) &&
      (row.stride === '1' || number(row, 'dilation') === 1) &&
      !(number(row, 'output_padding') >= number(row, 'stride')),
  },
  {
    framework: 'keras',
    fixtures: ['numeric'],
    heading: 'Keras on TensorFlow: transposed convolutions its CPU kernels do not have',
    rows: 2,
    covers: ({ code = '' }) =>
      /Conv2DTranspose\(1, (4, strides=2|2), padding="same", output_padding=0\)/.test(code),
  },
  {
    framework: 'keras',
    fixtures: ['numeric'],
    heading: 'Keras on TensorFlow: channels first and unequal depthwise strides on the CPU',
    rows: 5,
    covers: ({ code = '' }) =>
      [
        'layers.DepthwiseConv2D(3, strides=(1, 2), padding="same")',
        'layers.DepthwiseConv2D(3, strides=(1, 2))',
        'layers.SeparableConv2D(2, 3, strides=(1, 2))',
        'layers.Conv2D(2, 3, data_format="channels_first")',
        'layers.Conv1D(2, 3, padding="causal", data_format="channels_first")',
      ].includes(code),
  },
  {
    framework: 'keras',
    fixtures: ['conv3d-row-unclamped', 'max-pooling3d-row-unclamped'],
    heading: 'TensorFlow: SAME in three dimensions with a kernel below the stride',
    rows: 36,
    covers: (row) => number(row, 'kernel') + 1 < number(row, 'stride') && shiftedByTensorFlow(row),
  },
  {
    framework: 'keras',
    fixtures: ['average-pooling1d-uneven-torch'],
    heading: 'Keras 3.15.1 on PyTorch: AveragePooling with an odd total of padding',
    rows: 28,
    covers: (row) => {
      const [size, kernel, step] = [number(row, 'size'), number(row, 'kernel'), stride(row)];
      const total = Math.max(0, (Math.ceil(size / step) - 1) * step + kernel - size);
      // A copy of the edge beside nothing but the edge changes no average.
      return total % 2 === 1 && size > 1 && kernel > 2;
    },
  },
  {
    framework: 'keras',
    fixtures: ['pooling1d-odd-torch'],
    heading: 'Keras on PyTorch: pools take any padding word',
    rows: 4,
    covers: (row) => ["'causal'", "'full'"].includes(row.padding ?? '') && !refused(row),
  },
  {
    framework: 'keras',
    fixtures: ['numeric-torch'],
    heading: 'Keras on PyTorch: pools take any padding word',
    rows: 1,
    covers: ({ code }) => code === 'layers.MaxPooling2D(2, padding="full")',
  },
  {
    framework: 'keras',
    fixtures: ['average-pooling1d-jax', 'max-pooling1d-jax'],
    heading: 'Keras: a pool wider than its input, on three backends',
    rows: 6,
    covers: (row) => row.padding === "'valid'" && missing(row) >= 2 * stride(row),
  },
  {
    framework: 'keras',
    fixtures: ['average-pooling1d-torch', 'max-pooling1d-torch'],
    heading: 'Keras: a pool wider than its input, on three backends',
    rows: 54,
    covers: (row) => row.padding === "'valid'" && missing(row) > 0 && missing(row) < 2 * stride(row),
  },
  {
    framework: 'keras',
    fixtures: ['numeric-torch'],
    heading: 'Keras: a pool wider than its input, on three backends',
    rows: 1,
    covers: ({ code }) => code === 'layers.AveragePooling2D(7)',
  },
  {
    framework: 'tensorflow',
    fixtures: ['depthwise-conv2d-row-strided-dilated'],
    heading: 'TensorFlow: depthwise_conv2d with strides and dilations',
    rows: 174,
    covers: (row) => !refused(row),
  },
  {
    framework: 'tensorflow',
    fixtures: ['numeric'],
    heading: 'Keras on TensorFlow: transposed convolutions its CPU kernels do not have',
    rows: 1,
    covers: ({ code = '' }) =>
      code.startsWith('tf.nn.conv2d_transpose') && code.endsWith('padding="VALID", dilations=2)'),
  },
  {
    framework: 'mxnet',
    fixtures: ['average-pool3d-row'],
    heading: 'MXNet: an average of nothing',
    rows: 61,
    covers: (row) => row.answer?.includes('nan') === true,
  },
  {
    framework: 'mxnet',
    fixtures: ['numeric'],
    heading: 'MXNet: channels last on the CPU',
    rows: 2,
    covers: ({ code = '' }) => /^nn\.Conv2D(Transpose)?\(2, 3, layout="NHWC"\)$/.test(code),
  },
  {
    framework: 'lax',
    fixtures: ['numeric'],
    heading: 'JAX: two arguments padwise does not compute',
    rows: 2,
    covers: ({ code = '' }) =>
      code.includes('(1,), "SAME", batch_group_count=2') || code.includes('("NWC", "WIO", "NCW")'),
  },
  {
    framework: 'tfjs',
    fixtures: ['conv2d-transpose-row-unchecked'],
    heading: 'TensorFlow.js: an outputShape that the input does not make',
    rows: 99,
    covers: () => true,
  },
  {
    framework: 'paddle',
    fixtures: ['average-pool1d', 'average-pool2d-row', 'average-pool3d-row'],
    heading: 'PaddlePaddle: an average of nothing',
    rows: 129,
    covers: (row) => averagesLessThanNothing(row),
  },
  {
    framework: 'paddle',
    fixtures: ['numeric'],
    heading: 'PaddlePaddle: an average of nothing',
    rows: 1,
    covers: ({ code }) => code === 'nn.AvgPool2D((2, 3), stride=(3, 2), padding=(1, 1), ceil_mode=True)',
  },
  {
    framework: 'onnx',
    fixtures: ['numeric'],
    heading: 'ONNX: where onnx.reference leaves the specification',
    rows: 22,
    covers: ({ code = '' }) => LEFT_BY_ONNX_REFERENCE.some((words) => code.includes(words)),
  },
  {
    framework: 'onnxruntime',
    fixtures: ['average-pool1d-dilated'],
    heading: 'ONNX Runtime: an average of nothing',
    rows: 7,
    covers: (row) =>
      row.include === '0' &&
      number(row, 'size') < number(row, 'dilation') &&
      /[:,]0(?:,|$)/.test(row.answer ?? ''),
  },
  {
    framework: 'chainer',
    fixtures: ['average-pooling1d'],
    heading: 'Chainer: an average of nothing',
    rows: 96,
    covers: (row) => row.value === 'None' && number(row, 'pad') > number(row, 'kernel'),
  },
  {
    framework: 'chainer',
    fixtures: ['numeric'],
    heading: 'Chainer: four paddings padwise does not compute',
    rows: 4,
    covers: ({ code = '' }) =>
      code === 'F.pad(x, 1, "edge")' ||
      code === 'F.pad(x, (1, 2), "constant")' ||
      code.endsWith('"linear_ramp")') ||
      code.endsWith('"mean")'),
  },
  {
    framework: 'chainer',
    fixtures: ['convolution1d-odd'],
    heading: 'Chainer and tinygrad: a dilation below 1',
    rows: 40,
    covers: (row) => number(row, 'dilation') < 1 && !refused(row),
  },
  {
    framework: 'tinygrad',
    fixtures: ['conv1d-odd'],
    heading: 'Chainer and tinygrad: a dilation below 1',
    rows: 52,
    covers: (row) => number(row, 'dilation') < 1 && !refused(row),
  },
  {
    framework: 'openvino',
    fixtures: ['backprop', 'backprop-shape'],
    heading: 'OpenVINO: a transposed convolution of one tap',
    rows: 14,
    covers: (row) =>
      row.kernel === '1' &&
      row.stride === '1' &&
      (row.pad === '1' || /^\[[12]\]/.test(row.pads ?? '')) &&
      Number(row.answer?.split(/[:@]/)[0]) === number(row, 'size'),
  },
  {
    framework: 'openvino',
    fixtures: ['avg-pool', 'avg-pool-auto', 'avg-pool-dilated'],
    heading: 'OpenVINO: an average of nothing',
    rows: 20,
    covers: (row) =>
      row.answer?.split(':')[1]?.split(',').includes('0') === true &&
      (row.exclude === 'True' || row.pads === '[0],[0]' || row.pad === '0' || row.auto !== undefined),
  },
  {
    framework: 'openvino',
    fixtures: ['numeric'],
    heading: 'OpenVINO: an average of nothing',
    rows: 1,
    covers: ({ code }) => code === 'ops.avg_pool(x, [4, 3], [0, 0], [0, 0], [2, 4], False, "ceil")',
  },
];

/** Whether PaddlePaddle counts less than no element: 0 divided by that is 0, where 0 / 0 is nan. */
function averagesLessThanNothing(row: Values): boolean {
  const found = row.answer?.split(':')[1]?.split(',') ?? [];
  if (row.exclusive === 'True') return found.includes('0');
  const pads = row.padding?.match(/\d+/g)?.map(Number) ?? [];
  const before = (row.padding?.startsWith('[') ? pads.at(-2) : pads.at(-1)) ?? 0;
  const start = (found.length - 1) * stride(row) - before;
  return found.at(-1) === '0' && start > number(row, 'size') + before;
}

/** What the codes say that onnx.reference computes against the operators' texts, or cannot. */
const LEFT_BY_ONNX_REFERENCE = [
  "'ConvTranspose', ['x', 'W', 'B'], ['y'], group=2",
  "GlobalMaxPool', ['x'], ['y'], name=\"top\"",
  'value_ints=[0, 0, -1, ',
  'value_ints=[0, 0, 2, 0, 0, -3]',
  "'Conv', ['x', 'W'], ['y'], pads=[1, 1], auto_pad=",
  "'Conv', ['x', 'W'], ['y'], auto_pad=\"SAME\"",
  'auto_pad="same_upper"',
  'mode="symmetric"',
  'kernel_shape=[3], strides=[3], ceil_mode=1',
  'strides=[2], pads=[0, 1], ceil_mode=1',
  'auto_pad="SAME_UPPER", ceil_mode=1',
  'auto_pad="VALID", ceil_mode=1',
  'kernel_shape=[1], strides=[3], auto_pad="SAME_LOWER"',
  "'MaxPool', ['x'], ['y'], kernel_shape=[3], pads=[2, 2]",
  "'MaxPool', ['x'], ['y'], kernel_shape=[3], auto_pad=\"SAME_UPPER\"",
  "'MaxPool', ['x'], ['y'], kernel_shape=[3], strides=[2], auto_pad=\"SAME_LOWER\"",
  "'ConvTranspose', ['x', 'W'], ['y'], strides=[3], auto_pad=",
  'strides=[2], output_shape=[6]',
  'output_shape=[8])',
];

/** Whether TensorFlow's unclamped total is below -1, so that its first window starts inside the input. */
function shiftedByTensorFlow(row: Values): boolean {
  const [size, kernel, stride] = [number(row, 'size'), number(row, 'kernel'), number(row, 'stride')];
  return (Math.ceil(size / stride) - 1) * stride + kernel - size < -1;
}

/** The disagreement that excuses a row; undefined for all that must agree. */
export function disagreement(framework: string, fixture: string, row: Values): Disagreement | undefined {
  return DISAGREEMENTS.find(
    (one) => one.framework === framework && one.fixtures.includes(fixture) && one.covers(row),
  );
}
