// A Caffe network as calls: every layer that slides is one, the fields of its parameter message are the keywords.
//
//   layer { name: "conv1" type: "Convolution" bottom: "data" top: "conv1" convolution_param { num_output: 64 kernel_size: 7 } }
//      Convolution(name='conv1', num_output=64, kernel_size=7)
//
// Layers in between that move nothing (ReLU, BatchNorm, Dropout, ...) go with the call before them: an activation where Caffe's is
// one of padwise's, else by name. The layers must follow each other by bottom and top.
// Source: src/caffe/proto/caffe.proto, upgrade_proto.cpp (BVLC).

import { say } from '../../words/index.ts';
import type { Value } from '../dialect.ts';
import { codeError } from '../paste.ts';
import type { PastedCall } from '../python.ts';
import { type Field, lastOf, type Message, messagesOf, parsePrototxt } from './prototxt.ts';

const PARAMETERS: Readonly<Record<string, string>> = {
  Convolution: 'convolution_param',
  Deconvolution: 'convolution_param',
  Pooling: 'pooling_param',
};
const ACTIVATIONS: Readonly<Record<string, string>> = { ReLU: 'relu', Sigmoid: 'sigmoid', TanH: 'tanh' };
/** Layers that compute on each position alone. */
const STILL: ReadonlySet<string> = new Set(
  'ReLU PReLU ELU Sigmoid TanH Power Exp Log AbsVal BNLL Threshold Dropout BatchNorm Scale Bias LRN MVN Softmax'.split(
    ' ',
  ),
);
const SOURCES: ReadonlySet<string> = new Set(
  'Input Data DummyData ImageData HDF5Data MemoryData WindowData AnnotatedData'.split(' '),
);
const ENDS: ReadonlySet<string> = new Set('InnerProduct Flatten Reshape ArgMax'.split(' '));
const JUDGES: ReadonlySet<string> = new Set(
  'SoftmaxWithLoss SoftmaxLoss EuclideanLoss HingeLoss SigmoidCrossEntropyLoss MultinomialLogisticLoss InfogainLoss ContrastiveLoss Accuracy Silence HDF5Output'.split(
    ' ',
  ),
);
const MOST_LAYERS = 1000;

interface Walk {
  readonly code: string;
  readonly calls: PastedCall[];
  /** The name of the array that the last layer made; null at the start. */
  top: string | null;
  /** The layer from which on there are no positions any more. */
  end: string | null;
  stated: readonly number[] | null;
}

/**
 * The calls of a network's text.
 * @throws DialectError 'code', with offset, for a layer that padwise does not read or that does not follow the one before
 */
export function networkCalls(code: string): readonly PastedCall[] {
  const whole = parsePrototxt(code);
  const walk: Walk = { code, calls: [], top: null, end: null, stated: inputOf(whole) };
  for (const field of whole.fields) {
    if ((field.name !== 'layer' && field.name !== 'layers') || typeof field.value !== 'object') continue;
    visit(walk, field, field.value);
  }
  if (walk.calls.length === 0)
    throw codeError(code, 0, 'expected a layer of type Convolution, Deconvolution or Pooling');
  return walk.calls;
}

/** The channels and sizes that the network states: input_dim, or a shape. */
function inputOf(of: Message): readonly number[] | null {
  const shape = messagesOf(of, 'input_shape')[0]?.message;
  const dims = shape === undefined ? numbers(of, 'input_dim') : numbers(shape, 'dim');
  return dims.length >= 3 ? dims.slice(1) : null;
}

function numbers(of: Message, name: string): number[] {
  return of.fields.flatMap((field) =>
    field.name === name && typeof field.value === 'number' ? [field.value] : [],
  );
}

function visit(walk: Walk, field: Field, layer: Message): void {
  const { code, calls } = walk;
  const type = typeOf(layer);
  if (type === null) throw codeError(code, field.from, 'expected a type in this layer');
  const name = String(lastOf(layer, 'name')?.value ?? '');
  if (JUDGES.has(type)) return;
  if (SOURCES.has(type)) {
    const shapes = messagesOf(layer, 'input_param').flatMap(({ message }) => messagesOf(message, 'shape'));
    const dims = shapes[0] === undefined ? [] : numbers(shapes[0].message, 'dim');
    if (dims.length >= 3 && calls.length === 0) walk.stated = dims.slice(1);
    return;
  }
  follow(walk, field, layer, name || type);
  if (
    type === 'LRN' &&
    String(messagesOf(layer, 'lrn_param')[0]?.message.fields.find(isRegion)?.value) === 'WITHIN_CHANNEL'
  )
    throw codeError(
      code,
      field.from,
      'padwise does not read LRN within a channel, which looks at neighbours',
    );
  if (STILL.has(type) || ENDS.has(type)) {
    beside(walk, type, name, layer);
    return;
  }
  const parameter = PARAMETERS[type];
  if (parameter === undefined)
    throw codeError(
      code,
      field.from,
      say`${type} is no layer padwise reads in Caffe: it reads Convolution, Deconvolution and Pooling in turn`,
    );
  if (walk.end !== null)
    throw codeError(
      code,
      field.from,
      say`${type} follows ${walk.end}, which leaves no positions to slide over`,
    );
  if (calls.length >= MOST_LAYERS)
    throw codeError(code, field.from, say`expected at most ${MOST_LAYERS} layers`);
  calls.push(
    call(
      walk,
      field,
      type,
      name,
      messagesOf(layer, parameter).flatMap(({ message }) => message.fields),
    ),
  );
}

function isRegion(field: Field): boolean {
  return field.name === 'norm_region';
}

/** The type of a layer, as it is called today: POOLING is Pooling. */
function typeOf(layer: Message): string | null {
  const value = lastOf(layer, 'type')?.value;
  if (typeof value !== 'string') return null;
  if (!/^[A-Z_]+$/.test(value) || value === 'LRN' || value === 'ELU' || value === 'MVN' || value === 'BNLL')
    return value;
  const plain = value.replaceAll('_', '').toLowerCase();
  const all = [...Object.keys(PARAMETERS), ...STILL, ...SOURCES, ...ENDS, ...JUDGES];
  return all.find((one) => one.toLowerCase() === plain) ?? value;
}

/** Refuses a layer that does not take what the layer before it made. */
function follow(walk: Walk, field: Field, layer: Message, name: string): void {
  const bottoms = layer.fields.flatMap((one) => (one.name === 'bottom' ? [String(one.value)] : []));
  const tops = layer.fields.flatMap((one) => (one.name === 'top' ? [String(one.value)] : []));
  const [bottom] = bottoms;
  if (bottoms.length > 1)
    throw codeError(
      walk.code,
      field.from,
      say`${name} joins ${bottoms.length} arrays; padwise reads layers in turn`,
    );
  if (bottom !== undefined && walk.top !== null && bottom !== walk.top)
    throw codeError(
      walk.code,
      field.from,
      say`${name} takes ${bottom}, not ${walk.top} of the layer before it; padwise reads layers in turn`,
    );
  walk.top = tops[0] ?? walk.top;
}

/** A layer that moves nothing, told with the call before it. */
function beside(walk: Walk, type: string, name: string, layer: Message): void {
  if (ENDS.has(type)) walk.end ??= name || type;
  const last = walk.calls.at(-1);
  if (last === undefined) return;
  const { activation: own = null, followed = null } = last.keywords;
  const activation = ACTIVATIONS[type];
  const sloped = messagesOf(layer, 'relu_param').some(({ message }) =>
    Boolean(lastOf(message, 'negative_slope')?.value),
  );
  const told: Record<string, Value> =
    activation !== undefined && !sloped && own === null && followed === null
      ? { activation }
      : { followed: [...((followed ?? []) as readonly Value[]), name === '' ? type : `${type} ${name}`] };
  walk.calls[walk.calls.length - 1] = { ...last, keywords: { ...last.keywords, ...told } };
}

/** A call of the layer: a repeated field is a list. */
function call(
  { code, calls, stated }: Walk,
  { from, to }: Field,
  type: string,
  name: string,
  fields: readonly Field[],
): PastedCall {
  const values = new Map<string, readonly Value[]>();
  const offsets = new Map<string, number>();
  for (const one of fields) {
    const value = typeof one.value === 'object' ? { fields: {} } : one.value;
    values.set(one.name, [...(values.get(one.name) ?? []), value]);
    if (!offsets.has(one.name)) offsets.set(one.name, one.from);
  }
  const keywords: Record<string, Value> = {
    ...(name === '' ? {} : { name }),
    ...(stated === null || calls.length > 0 ? {} : { input_shape: [...stated] }),
  };
  for (const [key, list] of values) keywords[key] = list.length === 1 ? (list[0] as Value) : list;
  return { path: type, args: [], keywords, offset: from, text: code.slice(from, to), offsets };
}
