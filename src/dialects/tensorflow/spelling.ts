// TensorFlow's words for a geometry. 'VALID' or 'SAME' is taken when the axis it reads is the wanted one, else a list of pads
// where the function takes one, else statements around it:
//
//   x = tf.pad(x, [[0, 0], [2, 3], [2, 3], [0, 0]])
//   x = tf.nn.conv2d(x, weight, strides=2, padding='VALID')
//   x = tf.nn.bias_add(x, bias)
//
//   x = tf.nn.conv1d_transpose(x, weight, [1, 9, 4], strides=2, padding='VALID')      the natural transposed output,
//   x = tf.slice(x, [0, 1, 0], [-1, 7, -1])                                           then its crop

import {
  type Axis,
  adjointAxis,
  axis,
  type Fill,
  type Geometry,
  isTransposed,
  out,
  type Pads,
  sameGeometry,
  sameReads,
  transposedWords,
} from '../../geometry/index.ts';
import type { Text } from '../../words/index.ts';
import type { Shape, Spelling } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { args, keyword, perAxis } from '../spelling.ts';
import {
  cropsSame,
  dense,
  eased,
  multiplier,
  padSteps,
  plain,
  refusedTransposed,
  slidesApart,
} from './steps.ts';
import { type Padding, paddedAxis } from './words.ts';

/** TensorFlow code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.axes.some((one) => out(one) === 0))
    return { impossible: 'TensorFlow has no words for an empty output' };
  if (of.operation === 'pad') return pad(of);
  if (of.operation !== 'conv') return pool(of);
  return isTransposed(of) ? transposed(of, bias) : conv(of, bias);
}

/** The word people write by hand: SAME where it keeps ceil(size / stride), else VALID. */
export function usual(of: Geometry): string | null {
  const axes = eased(of.axes);
  if (of.operation === 'pad' || axes.some((one) => out(one) === 0)) return null;
  if (isTransposed(of)) {
    if (refusedTransposed(of, 'TensorFlow') !== undefined) return null;
    const natural = axes.every((one) => readsTransposed(one, 'VALID', 0));
    return transposedText(of, axes, axes.map(out), natural ? 'VALID' : 'SAME');
  }
  const padded = axes.some((one) => one.before > 0 || one.after > 0);
  const kept = axes.every((one) => out(one) === Math.ceil(one.size / one.stride));
  const word = padded && kept ? 'SAME' : 'VALID';
  if (of.operation !== 'conv') return axes.some((one) => one.dilation > 1) ? null : poolText(of, axes, word);
  return axes.length === 3 && slidesApart(axes) ? null : convText(of, axes, word);
}

function conv(of: Geometry, bias: boolean): Spelling {
  const axes = eased(of.axes);
  const thinned = axes.length === 3 && slidesApart(axes);
  const choices = axes.map((one) => (thinned ? dense(one) : [one]));
  const word = wordsOf(axes).find((padding) =>
    choices.every((list) => list.some((one) => reads(one, padding, 0))),
  );
  const slid = choices.map((list) => list[0] as Axis);
  const pads = axes.length === 2 ? listOf(slid) : null;
  const tensors = { weight: weightOf(of, axes), ...(bias ? { bias: [of.filters] } : {}) };
  const layer = convText(of, slid, word ?? pads ?? 'VALID');
  const behind = [...(thinned ? [thin(axes)] : []), ...(bias ? ['tf.nn.bias_add(x, bias)'] : [])];
  if (word === undefined && pads === null) return padded(slid, [layer, ...behind], tensors);
  return spelled([layer, ...behind], tensors);
}

function wordsOf(axes: readonly Axis[]): readonly ('VALID' | 'SAME')[] {
  return cropsSame(axes) ? ['VALID'] : ['VALID', 'SAME'];
}

/** Whether a padding gives exactly the axis. */
function reads(one: Axis, padding: 'VALID' | 'SAME', fill: Fill): boolean {
  return sameReads(one, paddedAxis(one, padding, 0, fill));
}

/** The pads as a list of pairs, where all are zeros and none is a cut; null elsewhere. */
function listOf(axes: readonly Axis[], fill: Fill = 0): readonly Pads[] | null {
  const pads = axes.map((one): Pads => [one.before, Math.max(0, one.after)]);
  const said = axes.every(
    (one, i) => (pads[i]?.[0] ?? 0) >= 0 && sameReads(one, paddedAxis(one, pads, i, fill)),
  );
  return said ? pads : null;
}

function thin(axes: readonly Axis[]): string {
  return `tf.nn.max_pool${axes.length}d(x, 1, ${perAxis(axes.map((one) => one.stride))}, 'VALID')`;
}

function padded(
  axes: readonly Axis[],
  calls: readonly string[],
  tensors: Record<string, Shape> = {},
): Spelling {
  const front = frame(axes);
  return 'impossible' in front ? front : spelled([...front.lines, ...calls], tensors);
}

/** One call as it is, several as statements on x. */
function spelled(calls: readonly string[], tensors: Record<string, Shape> = {}): Spelling {
  return { lines: calls.length === 1 ? calls : calls.map((call) => `x = ${call}`), tensors };
}

/** tf.pad and tf.slice for the pads and cuts of these axes. */
function frame(axes: readonly Axis[]): { readonly lines: readonly string[] } | { readonly impossible: Text } {
  const steps = padSteps(axes, 'TensorFlow');
  if ('impossible' in steps) return { impossible: steps.impossible };
  const sizes = axes.map((one) => one.size);
  const lines = steps.map(({ fill, pads }) => {
    pads.forEach(([before, after], i) => {
      sizes[i] = (sizes[i] as number) + (fill === 'cut' ? 0 - before - after : before + after);
    });
    if (fill !== 'cut') return padText(pads, fill);
    const begin = pads.map(([before]) => before);
    const size = pads.map(([before, after], i) => (before + after > 0 ? (sizes[i] as number) : -1));
    return `tf.slice(x, [${[0, ...begin, 0].join(', ')}], [${[-1, ...size, -1].join(', ')}])`;
  });
  return { lines };
}

function transposed(of: Geometry, bias: boolean): Spelling {
  const refused = refusedTransposed(of, 'TensorFlow');
  if (refused !== undefined) return { impossible: refused };
  const strided = of.axes.map(plain);
  const axes = strided.map((one) => dense(one)[0] as Axis);
  const tensors = { weight: transposedWeight(of), ...(bias ? { bias: [of.filters] } : {}) };
  const behind = [
    ...(strided.some((one) => one.stride > 1) ? [thin(strided)] : []),
    ...(bias ? ['tf.nn.bias_add(x, bias)'] : []),
  ];
  const cuts = axes.map((one) => transposedWords(one).crop);
  const pads = cuts.map(([low, high]): Pads => [Math.max(0, low), Math.max(0, high)]);
  const options: readonly Padding[] = ['SAME', 'VALID', ...(axes.length === 2 ? [pads] : [])];
  const padding = options.find((option) => axes.every((one, i) => readsTransposed(one, option, i)));
  if (padding !== undefined)
    return spelled([transposedText(of, axes, axes.map(out), padding), ...behind], tensors);
  const naturals = axes.map((one) => transposedWords(one).natural);
  const framed = frame(
    naturals.map((size, i) => {
      const [low, high] = cuts[i] as Pads;
      return axis({ size, kernel: 1, before: 0 - low, after: 0 - high });
    }),
  );
  if ('impossible' in framed) return framed;
  return spelled([transposedText(of, axes, naturals, 'VALID'), ...framed.lines, ...behind], tensors);
}

/** Whether TensorFlow takes this output with this padding, and gives exactly the axis. */
function readsTransposed(one: Axis, padding: Padding, i: number): boolean {
  const forward = paddedAxis({ ...one, size: out(one), stride: one.inputDilation }, padding, i);
  return out(forward) === one.size && sameReads(one, adjointAxis(forward));
}

function pool(of: Geometry): Spelling {
  const axes = eased(of.axes);
  if (axes.some((one) => one.inputDilation > 1))
    return { impossible: 'TensorFlow has no pool over an input with holes' };
  const dilated = axes.some((one) => one.dilation > 1);
  const fill = of.operation === 'max' ? -Infinity : 0;
  for (const padding of dilated ? [] : wordsOf(axes)) {
    const candidate = axes.map((one) => paddedAxis(one, padding, 0, fill));
    if (sameGeometry(of, { ...of, axes: candidate, divisor: 'real' }))
      return spelled([poolText(of, axes, padding)]);
  }
  // Padded beforehand, every window is full and divided by all its positions.
  const whole = axes.map((one) => axis({ ...one, after: one.after + one.overhang, overhang: 0 }));
  const taps = axes.reduce((product, one) => product * one.kernel, 1);
  if (of.operation === 'average' && !sameGeometry(of, { ...of, axes: whole, divisor: taps })) {
    return {
      impossible:
        'TensorFlow divides an average by what SAME leaves in the window, or by the whole window; here it is neither',
    };
  }
  if (dilated) {
    const slid = whole.map((one) => dense(one)[0] as Axis);
    const behind = whole.some((one) => one.stride > 1) ? [thin(whole)] : [];
    return padded(slid, [dilatedText(of, slid), ...behind]);
  }
  const pads = of.operation === 'max' && axes.length < 3 ? listOf(whole, fill) : null;
  const short = pads?.every((two, i) => Math.max(...two) < (whole[i] as Axis).kernel);
  return pads !== null && short
    ? spelled([poolText(of, whole, pads)])
    : padded(whole, [poolText(of, whole, 'VALID')]);
}

function pad(of: Geometry): Spelling {
  if (of.axes.some((one) => one.inputDilation > 1))
    return { impossible: 'TensorFlow has no function that puts holes into its input' };
  const axes = eased(of.axes);
  const slid = axes.map((one) => dense(one)[0] as Axis);
  const front = frame(slid);
  if ('impossible' in front) return front;
  const calls = [...front.lines, ...(axes.some((one) => one.stride > 1) ? [thin(axes)] : [])];
  return spelled(
    calls.length > 0
      ? calls
      : [
          padText(
            of.axes.map((): Pads => [0, 0]),
            0,
          ),
        ],
  );
}

function padText(pads: readonly Pads[], fill: Fill): string {
  const constant = fill === -Infinity ? "float('-inf')" : fill;
  const how = typeof fill === 'string' ? `'${fill.toUpperCase()}'` : keyword('constant_values', constant, 0);
  return `tf.pad(${args('x', pairs(pads), how)})`;
}

function pairs(pads: readonly Pads[]): string {
  return `[${[[0, 0], ...pads, [0, 0]].map((two) => `[${two.join(', ')}]`).join(', ')}]`;
}

function paddingText(padding: Padding): string {
  return typeof padding === 'string' ? `'${padding}'` : pairs(padding);
}

/** [1, 2, 2, 1]: numbers with a 1 for batch and channels. */
function full(values: readonly number[]): string {
  return `[${[1, ...values, 1].join(', ')}]`;
}

/** depthwise_conv2d takes equal strides, and dilations only without them. */
function isDepthwise(of: Geometry, axes: readonly Axis[]): boolean {
  const equal = new Set(axes.map((one) => one.stride)).size === 1;
  return multiplier(of) !== null && axes.length === 2 && equal && !slidesApart(axes);
}

function weightOf(of: Geometry, axes: readonly Axis[]): Shape {
  const kernel = axes.map((one) => one.kernel);
  return weightShape(isDepthwise(of, axes) ? 'k g o' : 'k i go', { ...of, kernel });
}

function transposedWeight(of: Geometry): Shape {
  return weightShape('k o i', { ...of, kernel: of.axes.map((one) => one.kernel) });
}

function convText(of: Geometry, axes: readonly Axis[], padding: Padding): string {
  const [stride, dilation] = [axes.map((one) => one.stride), axes.map((one) => one.dilation)];
  const dilations = dilation.some((step) => step > 1);
  const said = `padding=${paddingText(padding)}`;
  if (isDepthwise(of, axes)) {
    const apart = dilations ? `dilations=[${dilation.join(', ')}]` : undefined;
    return `tf.nn.depthwise_conv2d(${args('x', 'weight', `strides=${full(stride)}`, said, apart)})`;
  }
  if (axes.length === 3) {
    return dilations
      ? `tf.nn.convolution(${args('x', 'weight', said, `dilations=${perAxis(dilation)}`)})`
      : `tf.nn.conv3d(${args('x', 'weight', `strides=${full(stride)}`, said)})`;
  }
  const name = axes.length === 1 ? 'stride' : 'strides';
  const words = args(
    'x',
    'weight',
    `${name}=${perAxis(stride)}`,
    said,
    keyword('dilations', perAxis(dilation), 1),
  );
  return `tf.nn.conv${axes.length}d(${words})`;
}

function transposedText(of: Geometry, axes: readonly Axis[], outputs: Shape, padding: Padding): string {
  return `tf.nn.conv${axes.length}d_transpose(${args(
    'x',
    'weight',
    `[${[of.batch, ...outputs, of.filters].join(', ')}]`,
    `strides=${perAxis(axes.map((one) => one.inputDilation))}`,
    `padding=${paddingText(padding)}`,
    keyword('dilations', perAxis(axes.map((one) => one.dilation)), 1),
  )})`;
}

function poolText(of: Geometry, axes: readonly Axis[], padding: Padding): string {
  return `tf.nn.${of.operation === 'max' ? 'max' : 'avg'}_pool${axes.length}d(${args(
    'x',
    perAxis(axes.map((one) => one.kernel)),
    perAxis(axes.map((one) => one.stride)),
    paddingText(padding),
  )})`;
}

function dilatedText(of: Geometry, axes: readonly Axis[]): string {
  const list = (values: readonly number[]) => `[${values.join(', ')}]`;
  const kind = of.operation === 'max' ? "'MAX'" : "'AVG'";
  const dilations = `dilations=${list(axes.map((one) => one.dilation))}`;
  return `tf.nn.pool(${args('x', list(axes.map((one) => one.kernel)), kind, dilations)})`;
}
