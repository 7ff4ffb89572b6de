// Caffe: N C sizes, weights (out, in / group, k...), of a deconvolution (in, out / group, k...). Read from a network's text
// (prototxt) and from pycaffe's NetSpec: L.Convolution(x, num_output=64, kernel_size=7, stride=2, pad=3).
//
//   pad         the same on both sides
//   sizes       divided as C does, toward zero: a window that lacks less than a stride still counts and reads zeros
//   pools       rounded up unless round_mode: FLOOR; a last window that would start beyond the input is dropped where
//               something is padded, and stays where nothing is: a maximum of nothing is -3.4028235e38
//   averages    over pads too, not over what hangs over the last of them
//
// Sources: src/caffe/layers/{base_conv,conv,deconv,pooling}_layer.cpp, src/caffe/proto/caffe.proto (BVLC).

import {
  type Axis,
  axis,
  ceilMode,
  type Geometry,
  naturalSize,
  out,
  transposedAxis,
} from '../geometry/index.ts';
import { truncated } from '../geometry/padding.ts';
import { say, type Text } from '../words/index.ts';
import { padHangover, pooled, poolFill, weighted } from './builder.ts';
import { type Dialect, type Layer, refusal, type Shape, type Value } from './dialect.ts';
import { overNothing, SMALLEST } from './nothing.ts';
import { type Arguments, isFields, isTensor } from './signature.ts';
import { windowOf } from './window.ts';

const WINDOW =
  'kernel_size=None, stride=None, pad=None, kernel_h=None, kernel_w=None, stride_h=None, stride_w=None, pad_h=None, pad_w=None, engine=None';
const AROUND =
  'name=None, ntop=None, in_place=None, param=None, phase=None, include=None, exclude=None, loss_weight=None, propagate_down=None, activation=None, followed=None, input_shape=None';
const CONV = `bottom=None, *, num_output=None, ${WINDOW}, dilation=None, group=1, bias_term=True, axis=1, force_nd_im2col=False, weight_filler=None, bias_filler=None, convolution_param=None, ${AROUND}`;
const POOL = `bottom=None, *, pool="MAX", ${WINDOW}, global_pooling=False, round_mode="CEIL", pooling_param=None, ${AROUND}`;

/** Caffe, as prototxt and as pycaffe writes it. */
export const caffe: Dialect = {
  id: 'caffe',
  title: 'Caffe',
  aliases: { '': 'caffe.layers', L: 'caffe.layers' },
  unverified: 'Caffe was read in its source (BVLC), not run.',
  readers: {
    'caffe.layers.Convolution': { signature: CONV, read: (args) => convolution(args, false) },
    'caffe.layers.Deconvolution': { signature: CONV, read: (args) => convolution(args, true) },
    'caffe.layers.Pooling': { signature: POOL, read: pool },
  },
};

/** What a field holds: given alone, or within convolution_param=dict(...). */
function field(args: Arguments, within: string, name: string): Value {
  const all = args.value(within);
  const inner = isFields(all) ? all.fields[name] : undefined;
  return args.given(name) ? args.value(name) : (inner ?? args.value(name));
}

/** A field of whole numbers: one for all axes, or one per axis. @throws DialectError naming the field */
function counts(args: Arguments, within: string, name: string, least: number): readonly number[] {
  const value = field(args, within, name);
  const list = Array.isArray(value) ? (value as readonly Value[]) : [value];
  if (value === null || list.length === 0) return [];
  const fits = list.length <= 3 && list.every((n) => Number.isInteger(n) && (n as number) >= least);
  return fits ? (list as number[]) : args.refuse(name, say`integers >= ${least}`);
}

/** How many axes a layer has: as many as its longest field has numbers, two unless one has several. */
function rankOf(lists: readonly (readonly number[])[]): number {
  return Math.max(2, ...lists.map((list) => (list.length === 1 ? 0 : list.length)));
}

/** Kernel, stride or pad, one number per axis: a field, or the two fields with _h and _w. */
function perAxis(
  args: Arguments,
  within: string,
  name: string,
  rank: number,
  least: number,
  fallback: number | null,
): Shape {
  const short = name.replace('_size', '');
  const [h, w] = [`${short}_h`, `${short}_w`].map((one) => counts(args, within, one, least)[0]);
  const list = counts(args, within, name, least);
  if (h !== undefined || w !== undefined) {
    if (list.length > 0) throw refusal(args.who, say`${name} and ${short}_h or ${short}_w are both given`);
    if (least === 1 && (h === undefined || w === undefined))
      throw refusal(args.who, say`${short}_h and ${short}_w are needed together`);
    if (rank !== 2) throw refusal(args.who, say`${short}_h and ${short}_w need two axes, received ${rank}`);
    return [h ?? 0, w ?? 0];
  }
  if (list.length === 0 && fallback === null) throw refusal(args.who, say`${name} is missing`);
  const one = list[0] ?? (fallback as number);
  if (list.length > 1 && list.length !== rank)
    throw refusal(args.who, say`${name} has ${list.length} numbers for ${rank} axes`);
  return list.length > 1 ? list : Array.from({ length: rank }, () => one);
}

function truth(args: Arguments, within: string, name: string): boolean {
  const value = field(args, within, name);
  if (typeof value === 'boolean') return value;
  return value === 0 || value === 1 ? value === 1 : args.refuse(name, 'True or False');
}

/** Who speaks, with the layer's name: 'caffe Convolution conv1'. */
function named(args: Arguments): string {
  const name = args.value('name');
  return typeof name === 'string' && name !== '' ? `${args.who} ${name}` : args.who;
}

/** What a network's text says around the layer. */
function around(args: Arguments): { activation: string | null; statedInput: Shape | null; notes: Text[] } {
  const shape = args.value('input_shape');
  const followed = args.value('followed');
  const activation = args.value('activation');
  return {
    activation: typeof activation === 'string' ? activation : null,
    statedInput: Array.isArray(shape) ? (shape as number[]) : null,
    notes: Array.isArray(followed)
      ? [say`What follows moves no pixel and is left out here: ${followed.map(String).join(', ')}.`]
      : [],
  };
}

function convolution(args: Arguments, transposes: boolean): Layer {
  const within = 'convolution_param';
  const who = named(args);
  const [filters] = counts(args, within, 'num_output', 1);
  const [groups = 1] = counts(args, within, 'group', 1);
  if (filters === undefined) throw refusal(who, 'num_output is missing');
  if (filters % groups !== 0)
    throw refusal(who, say`num_output ${filters} is no multiple of group ${groups}`);
  if (field(args, within, 'axis') !== 1) args.refuse('axis', '1, the channels');
  const rank = rankOf(
    ['kernel_size', 'stride', 'pad', 'dilation'].map((name) => counts(args, within, name, 0)),
  );
  const windows = {
    kernel: perAxis(args, within, 'kernel_size', rank, 1, null),
    stride: perAxis(args, within, 'stride', rank, 1, 1),
    dilation: perAxis(args, within, 'dilation', rank, 1, 1),
  };
  const pads = perAxis(args, within, 'pad', rank, 0, 0);
  const { activation, statedInput, notes } = around(args);
  const conv = (size: number, i: number): Axis => {
    const pad = pads[i] as number;
    return padHangover(truncated(axis({ ...windowOf(windows, size, i), before: pad, after: pad })));
  };
  const deconv = (size: number, i: number): Axis => {
    const window = windowOf(windows, size, i);
    const pad = pads[i] as number;
    const left = naturalSize(window) - 2 * pad;
    if (left < 1)
      throw refusal(
        who,
        say`pad ${pad} on both sides leaves nothing of the natural output ${naturalSize(window)}`,
      );
    return transposedAxis(window, pad, left);
  };
  return weighted({
    who,
    rank,
    layout: 'first',
    kind: transposes ? 'transposed' : 'conv',
    channels: null,
    filters,
    groups,
    kernel: windows.kernel,
    order: transposes ? 'gi o k' : 'go i k',
    bias: truth(args, within, 'bias_term'),
    flip: transposes,
    activation,
    statedInput,
    notes,
    axisOf: transposes ? deconv : conv,
    refuse: (one, index, problem) => empty(who, one, index, problem),
  });
}

function empty(who: string, one: Axis, index: number, problem: Geometry): void {
  if (out(one) > 0) return;
  const room = one.size + one.before + one.after;
  const extent = (one.kernel - 1) * one.dilation + 1;
  throw refusal(
    who,
    say`kernel_size spans ${extent} on axis ${index}, a stride or more beyond the padded input of ${room}`,
    problem,
  );
}

function pool(args: Arguments): Layer {
  const within = 'pooling_param';
  const who = named(args);
  const operation = poolWord(args, 'pool', ['MAX', 'AVE']) === 'MAX' ? 'max' : 'average';
  const ceil = poolWord(args, 'round_mode', ['CEIL', 'FLOOR']) === 'CEIL';
  const whole = truth(args, within, 'global_pooling');
  const sized = ['kernel_size', 'kernel_h', 'kernel_w'].some(
    (name) => counts(args, within, name, 0).length > 0,
  );
  if (whole && sized) throw refusal(who, 'global_pooling takes no kernel_size');
  const stride = perAxis(args, within, 'stride', 2, 1, 1);
  const pads = perAxis(args, within, 'pad', 2, 0, 0);
  const kernel = whole ? null : perAxis(args, within, 'kernel_size', 2, 1, null);
  if (whole && (stride.some((n) => n !== 1) || pads.some((n) => n !== 0)))
    throw refusal(who, 'global_pooling needs stride 1 and pad 0');
  const padded = pads.some((n) => n > 0);
  for (const [i, pad] of pads.entries())
    if (padded && kernel !== null && pad >= (kernel[i] as number))
      throw refusal(who, say`pad ${pad} must be smaller than kernel_size ${kernel[i] as number}`);
  const { notes, ...rest } = around(args);
  const axisOf = (size: number, i: number): Axis => {
    const pad = pads[i] as number;
    const window = { size, kernel: kernel?.[i] ?? Math.max(1, size), stride: stride[i] as number };
    const floor = axis({ ...window, before: pad, after: pad, ...poolFill(operation) });
    return ceil ? ceilMode(floor, padded) : floor;
  };
  const layer = pooled({
    who,
    rank: 2,
    layout: 'first',
    operation,
    ...rest,
    notes: [...notes, ...(ceil ? nothingNotes(operation, kernel, stride, padded) : [])],
    axisOf,
    refuse: (one, index, problem) => empty(who, one, index, problem),
  });
  if (operation === 'average') return layer;
  const resolve: Layer['resolve'] = (input) => {
    const one = layer.resolve(input);
    return { ...one, steps: one.steps.flatMap((step) => overNothing(step, SMALLEST)) };
  };
  return { ...layer, resolve };
}

/** What becomes of a last window that holds nothing. */
function nothingNotes(
  operation: 'max' | 'average',
  kernel: Shape | null,
  stride: Shape,
  padded: boolean,
): Text[] {
  if (padded || kernel === null || kernel.every((k, i) => k >= (stride[i] as number))) return [];
  return operation === 'max'
    ? [
        'Without padding Caffe keeps a last window that starts beyond the input; its maximum is -3.4028235e38.',
      ]
    : ['Without padding Caffe keeps a last window that starts beyond the input; its average is 0 / 0.'];
}

/** MAX, P.Pooling.MAX, 'MAX' or its number. */
function poolWord<Word extends string>(args: Arguments, name: string, words: readonly Word[]): Word {
  const value = field(args, 'pooling_param', name);
  const text = isTensor(value) ? (value.tensor.split('.').at(-1) as string) : value;
  const found = typeof text === 'number' ? words[text] : words.find((word) => word === text);
  return found ?? args.refuse(name, words.join(' or '));
}
