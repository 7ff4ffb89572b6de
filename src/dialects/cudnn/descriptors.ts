// cuDNN's descriptors as calls. Several set one convolution, so they are joined by the names they are set on:
//
//   cudnnSetTensor4dDescriptor(x, CUDNN_TENSOR_NCHW, CUDNN_DATA_FLOAT, 1, 3, 224, 224);      the input, if given
//   cudnnSetFilter4dDescriptor(w, CUDNN_DATA_FLOAT, CUDNN_TENSOR_NCHW, 64, 3, 7, 7);         the filter
//   cudnnSetConvolution2dDescriptor(conv, 3, 3, 2, 2, 1, 1, CUDNN_CROSS_CORRELATION, CUDNN_DATA_FLOAT);
//   cudnnSetConvolutionGroupCount(conv, 2);
//
// The C around them is passed over, but for constants and arrays that their arguments name: int pad[2] = {1, 1};
// Source: the cuDNN API reference, cudnn_ops and cudnn_cnn libraries.

import { say } from '../../words/index.ts';
import type { Shape, Value } from '../dialect.ts';
import { codeError } from '../paste.ts';
import type { PastedCall } from '../python.ts';

const LONGEST = 20_000;
const MOST_CALLS = 1000;
const CALL = /\b(cudnnSet(?:Tensor|Filter|Convolution|Pooling)\w*)\s*\(/g;
const CONSTANT = /\bint\s+([A-Za-z_]\w*)\s*(?:\[[^\]]*\])?\s*=\s*(\{[^}]*\}|-?\d+)\s*;/g;

/** Whether a text sets cuDNN's descriptors. */
export function setsDescriptors(code: string): boolean {
  return /\bcudnnSet(?:Tensor|Filter|Convolution|Pooling)\w*\s*\(/.test(code);
}

interface Called {
  readonly name: string;
  readonly args: readonly Value[];
  readonly offsets: readonly number[];
  readonly from: number;
  readonly to: number;
}

/**
 * The convolutions and pools that a text sets. `tensors` may give the filter's shape by the name of its descriptor, or as `filter`.
 * @throws DialectError 'code', with offset, for arguments that are not read
 */
export function descriptorCalls(
  code: string,
  tensors: Readonly<Record<string, Shape>>,
): readonly PastedCall[] {
  if (code.length > LONGEST)
    throw codeError(
      code,
      LONGEST,
      say`expected at most ${LONGEST} characters of code, received ${code.length}`,
    );
  const constants = constantsOf(code);
  const filters: Record<string, Value>[] = [];
  const inputs: Shape[] = [];
  const calls: PastedCall[] = [];
  const owners: string[] = [];
  for (const called of calledIn(plain(code), constants, code)) {
    const [target, ...rest] = called.args;
    const owner = nameOf(target);
    if (/Tensor/.test(called.name)) {
      const shape = tensorShape(called.name, rest);
      if (inputs.length === 0 && shape.length >= 3) inputs.push(shape);
    } else if (/Filter/.test(called.name)) {
      const format = rest.find((value) => /^CUDNN_TENSOR_/.test(nameOf(value))) ?? null;
      filters.push({ filter: { tensor: 'filter', shape: trailing(rest) }, filter_format: format });
    } else if (called.name === 'cudnnSetConvolutionGroupCount') {
      const at = owners.lastIndexOf(owner);
      const one = calls[at];
      if (one === undefined) throw codeError(code, called.from, say`${owner} is no convolution set before`);
      calls[at] = { ...one, keywords: { ...one.keywords, groups: rest[0] ?? null } };
    } else if (/Descriptor$/.test(called.name)) {
      if (calls.length >= MOST_CALLS)
        throw codeError(code, called.from, say`expected at most ${MOST_CALLS} layers`);
      owners.push(owner);
      calls.push(pasted(code, called));
    }
  }
  const { filter: shape } = tensors;
  const stated: Record<string, Value> = shape === undefined ? {} : { filter: { tensor: 'filter', shape } };
  let convolutions = 0;
  const layers = calls.map((call, index) => {
    const input = index === 0 ? inputs[0] : undefined;
    const filter = /Convolution/.test(call.path) ? (filters[convolutions++] ?? stated) : {};
    const own: Record<string, Value> = {
      ...(input === undefined ? {} : { input_shape: input.slice(1) }),
      ...filter,
    };
    return { ...call, keywords: { ...call.keywords, ...own } };
  });
  if (layers.length === 0)
    throw codeError(code, 0, 'expected cudnnSetConvolution2dDescriptor or cudnnSetPooling2dDescriptor');
  return layers;
}

/** The text with its comments blanked. */
function plain(code: string): string {
  return code.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
}

function constantsOf(code: string): ReadonlyMap<string, Value> {
  const found = new Map<string, Value>();
  for (const [, name = '', value = ''] of plain(code).matchAll(CONSTANT))
    found.set(name, literal(value, found));
  return found;
}

/** A number, a list in braces, or what a name stands for; another name stands for itself. */
function literal(text: string, constants: ReadonlyMap<string, Value>): Value {
  if (/^[-+]?\d{1,15}$/.test(text)) return Number(text);
  const list = /^\{([^{}]*)\}$/.exec(text);
  if (list === null) return constants.get(text) ?? { tensor: text };
  return (list[1] as string)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => literal(part, constants));
}

function* calledIn(code: string, constants: ReadonlyMap<string, Value>, whole: string): Generator<Called> {
  for (const found of code.matchAll(CALL)) {
    const open = found.index + found[0].length;
    const { parts, to } = argumentsAt(code, open, whole);
    yield {
      name: found[1] as string,
      args: parts.map(({ text }) =>
        literal(text.replace(/^&\s*|^\(\s*(?:const\s+)?int\s*(?:\[\s*\d*\s*\]|\*)\s*\)\s*/, ''), constants),
      ),
      offsets: parts.map(({ from }) => from),
      from: found.index,
      to,
    };
  }
}

/** The arguments from behind the bracket that opens them, split at the commas outside any bracket. */
function argumentsAt(
  code: string,
  open: number,
  whole: string,
): { parts: { text: string; from: number }[]; to: number } {
  const parts: { text: string; from: number }[] = [];
  let depth = 0;
  let from = open;
  for (let at = open; at < code.length; at++) {
    const sign = code[at] as string;
    if ('([{'.includes(sign)) depth += 1;
    const ends = depth === 0 && (sign === ',' || sign === ')');
    if (ends) {
      const text = code.slice(from, at);
      const lead = text.length - text.trimStart().length;
      if (text.trim() !== '') parts.push({ text: text.trim(), from: from + lead });
      from = at + 1;
      if (sign === ')') return { parts, to: at + 1 };
    }
    if (depth > 0 && ')]}'.includes(sign)) depth -= 1;
    if (sign === ';') break;
  }
  throw codeError(whole, open, 'expected ) and a semicolon after the arguments');
}

/** What a tensor's descriptor says of its shape; the strides that some of them have follow it. */
function tensorShape(name: string, args: readonly Value[]): readonly number[] {
  if (name === 'cudnnSetTensorNdDescriptor') return trailing(args.slice(0, -1));
  const sizes = trailing(args);
  return name === 'cudnnSetTensor4dDescriptorEx' ? sizes.slice(0, 4) : sizes;
}

/** The numbers that stand last, or the list that stands last. */
function trailing(args: readonly Value[]): number[] {
  const last = args.at(-1);
  if (Array.isArray(last)) return last.filter((n): n is number => typeof n === 'number');
  const from = args.findLastIndex((value) => typeof value !== 'number') + 1;
  return args.slice(from) as number[];
}

function nameOf(value: Value | undefined): string {
  return typeof value === 'object' && value !== null && 'tensor' in value ? value.tensor : '';
}

function pasted(code: string, { name, args, offsets, from, to }: Called): PastedCall {
  return {
    path: name,
    args,
    keywords: {},
    offset: from,
    text: code.slice(from, to),
    offsets: new Map(offsets.map((offset, i) => [i, offset])),
  };
}
