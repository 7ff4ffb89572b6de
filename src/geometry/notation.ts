// The problem string: one line that names a geometry everywhere, in logs, errors, links and bench lists.
//
//   1x3x64x64 k4 s2 p1 -> 6                 batch 1, 3 channels, 64x64; kernel 4, stride 2, one pad a side; 6 filters
//   1x1x8x8 k3x5 s3x4 p0x1 -> 1             per axis, joined by x
//   1x3x224x224 k7 s2 p2,3 -> 64            before,after where they differ
//   1x8x16x16 k3 i2 p1,2 flip -> 4          transposed: inputDilation 2, mirrored kernel
//   1x8x5x5 max k2 s2 p1 o1                 o: overhang of ceil mode
//   1x8x6x6 avg k3 s2 p0,1 /real            divisor: window (unsaid), real, or a number
//   1x3x8x8 pad p1,2 fill=reflect           fill, before,after where they differ; unsaid: 0, for max -inf
//
// Also d (dilation) and g (groups). What has its default is not printed; parse(print(g)) = g.

import { say, type Text } from '../words/index.ts';
import type { Axis, Fill } from './axis.ts';
import { GeometryError } from './error.ts';
import { type Divisor, type Geometry, geometry, type Operation } from './geometry.ts';

const WORDS: Readonly<Record<string, Operation>> = { max: 'max', avg: 'average', pad: 'pad' };
const LONGEST = 400;

/** The problem string of a geometry. */
export function print(of: Geometry): string {
  const usual = usualFill(of.operation);
  const parts = [
    [of.batch, of.channels, ...of.axes.map((one) => one.size)].join('x'),
    Object.entries(WORDS).find(([, operation]) => operation === of.operation)?.[0] ?? '',
    of.operation === 'pad' ? '' : `k${perAxis(of, (one) => `${one.kernel}`)}`,
    unless(
      '1',
      's',
      perAxis(of, (one) => `${one.stride}`),
    ),
    unless(
      '1',
      'd',
      perAxis(of, (one) => `${one.dilation}`),
    ),
    unless(
      '1',
      'i',
      perAxis(of, (one) => `${one.inputDilation}`),
    ),
    unless(
      '0',
      'p',
      perAxis(of, (one) => pair(one.before, one.after)),
    ),
    unless(
      '0',
      'o',
      perAxis(of, (one) => `${one.overhang}`),
    ),
    unless(
      fillWord(usual),
      'fill=',
      perAxis(of, (one) => pair(fillWord(one.fillBefore), fillWord(one.fillAfter))),
    ),
    of.groups === 1 ? '' : `g${of.groups}`,
    of.flip ? 'flip' : '',
    of.operation === 'average' && of.divisor !== 'window' ? `/${of.divisor}` : '',
    of.operation === 'conv' ? `-> ${of.filters}` : '',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/**
 * The geometry a problem string names.
 * @throws GeometryError for text that is no problem string, with the word it stopped at
 */
export function parse(text: string): Geometry {
  if (text.length > LONGEST) refuse(say`at most ${LONGEST} characters`, `${text.length}`);
  const [left = '', right, ...more] = text.split('->');
  if (more.length > 0) refuse('one ->', text);
  const [shape = '', ...words] = left.trim().split(/\s+/);
  if (!/^\d+(x\d+){2,4}$/.test(shape)) refuse('a shape such as 1x3x64x64', shape);
  const [batch = 0, channels = 0, ...sizes] = shape.split('x').map(Number);

  let operation: Operation = 'conv';
  let groups = 1;
  let flip = false;
  let divisor: Divisor = 'window';
  const axes: Draft[] = sizes.map((size) => ({ size, kernel: 0 }));
  const fills: string[][] = [];
  const seen = new Set<string>();

  for (const word of words) {
    const key = KEY.exec(word)?.[0] ?? refuse('a word such as k3, s2 or p1', word);
    if (seen.has(key)) refuse(say`${key} once`, word);
    seen.add(key);
    const rest = word.slice(key.length);
    if (rest === '' && word in WORDS) operation = WORDS[word] as Operation;
    else if (word === 'flip') flip = true;
    else if (key === 'g') groups = integer(rest);
    else if (key === '/') divisor = rest === 'real' || rest === 'window' ? rest : integer(rest);
    else if (key === 'fill=') fills.push(...spread(rest, axes.length, word));
    else {
      const fields = FIELDS[key] ?? refuse('a word such as k3, s2 or p1', word);
      for (const [i, values] of spread(rest, axes.length, word).entries()) {
        for (const [side, field] of fields.entries())
          Object.assign(axes[i] as Draft, { [field]: integer(values[side]) });
      }
    }
  }
  if (operation === 'pad' && !seen.has('k')) for (const one of axes) one.kernel = 1;
  else if (!seen.has('k')) refuse('a kernel such as k3', text);
  if ((operation === 'conv') !== (right !== undefined))
    refuse(operation === 'conv' ? '-> filters at the end' : 'no -> for a pooling or a pad', text);
  const usual = usualFill(operation);
  axes.forEach((one, i) => {
    one.fillBefore = fills.length === 0 ? usual : fill(fills[i]?.[0]);
    one.fillAfter = fills.length === 0 ? usual : fill(fills[i]?.[1]);
  });
  const filters = right === undefined ? channels : integer(right.trim());
  return geometry({ operation, batch, channels, filters, groups, axes, flip, divisor });
}

type Draft = { -readonly [field in keyof Axis]?: Axis[field] } & { size: number; kernel: number };

const KEY = /^(?:fill=|[a-z]+(?=-?\d)|[a-z]+$|\/)/;

const FIELDS: Readonly<Record<string, readonly (keyof Axis)[]>> = {
  k: ['kernel'],
  s: ['stride'],
  d: ['dilation'],
  i: ['inputDilation'],
  p: ['before', 'after'],
  o: ['overhang'],
};

function usualFill(operation: Operation): Fill {
  return operation === 'max' ? -Infinity : 0;
}

function perAxis(of: Geometry, word: (one: Axis) => string): string {
  const words = of.axes.map(word);
  return words.every((one) => one === words[0]) ? `${words[0]}` : words.join('x');
}

function unless(usual: string, key: string, value: string): string {
  return value === usual ? '' : key + value;
}

function pair(low: number | string, high: number | string): string {
  return low === high ? `${low}` : `${low},${high}`;
}

function fillWord(value: Fill): string {
  return value === -Infinity ? '-inf' : value === Infinity ? 'inf' : String(value);
}

function fill(word: string | undefined): Fill {
  if (word === 'reflect' || word === 'symmetric' || word === 'replicate' || word === 'wrap') return word;
  if (word === '-inf' || word === 'inf') return word === 'inf' ? Infinity : -Infinity;
  if (word !== undefined && /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(word)) return Number(word);
  return refuse('a fill: a number, reflect, symmetric, replicate or wrap', word ?? '');
}

/** "1", "1,2", "1x2" or "1,2x3,4" as one [before, after] per axis. */
function spread(text: string, rank: number, word: string): string[][] {
  const parts = text.split('x').map((part) => part.split(','));
  const usable = (parts.length === 1 || parts.length === rank) && parts.every((part) => part.length <= 2);
  if (!usable) refuse(say`one value or ${rank} joined by x`, word);
  return Array.from({ length: rank }, (_, i) => {
    const [low = '', high = low] = parts[parts.length === 1 ? 0 : i] ?? [];
    return [low, high];
  });
}

function integer(text: string | undefined): number {
  return text !== undefined && /^-?\d{1,10}$/.test(text) ? Number(text) : refuse('an integer', text ?? '');
}

function refuse(expected: Text, received: string): never {
  throw new GeometryError('notation', { what: 'problem string', expected, received });
}
