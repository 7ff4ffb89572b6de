// JAX's words for a geometry, channels first throughout, which is what lax's convolutions take unless told:
//
//   lax.conv_general_dilated(x, weight, (2, 2), 'SAME')
//   lax.conv_transpose(x, weight, (2, 2), 'SAME', dimension_numbers=('NCHW', 'OIHW', 'NCHW'), transpose_kernel=True)
//   lax.reduce_window(x, -jnp.inf, lax.max, (1, 1, 2, 2), (1, 1, 2, 2), 'VALID')
//
// A word is taken when the axes it gives read the same pixels; pairs say all else that zeros and crops can. The functions
// have no bias: a comment says where to add it.

import { type Axis, axis, type Geometry, isTransposed, out, sameReads } from '../../geometry/index.ts';
import type { Shape, Spelling } from '../dialect.ts';
import { weightShape } from '../parameter.ts';
import { args, keyword, tuple } from '../spelling.ts';
import { narrow, padSpelling, pairsText, prepare } from './array-pad-spelling.ts';
import { paddedAxis, transposedAxisOf } from './lax.ts';

const WORDS = ['VALID', 'SAME'] as const;

/** JAX code for exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  if (of.operation === 'pad') return padSpelling(of, 'first');
  if (of.operation === 'max') return pool(of);
  if (of.operation === 'average')
    return { impossible: 'jax.lax has no average pooling in one call; flax.linen.avg_pool is one' };
  const mirrored = of.flip && of.axes.some((one) => one.kernel > 1);
  const plain = of.groups === 1 && of.axes.every((one) => one.stride === 1);
  if (mirrored && !plain) {
    return {
      impossible:
        'lax mirrors the kernel in conv_transpose only, which has neither groups nor a stride over its output; mirror the weights to use conv_general_dilated with lhs_dilation',
    };
  }
  const holes = of.axes.some((one) => one.inputDilation > 1);
  const transposes = mirrored || (holes && plain);
  const word = transposes ? transposedWord(of) : holes ? undefined : convWord(of);
  const prepared = word === undefined ? prepare(of, 'first', 0) : { lines: [], axes: of.axes };
  if ('impossible' in prepared) return prepared;
  const padding = word === undefined ? pairsText(prepared.axes.map(evened)) : `'${word}'`;
  const padded = { ...of, axes: prepared.axes };
  const line = transposes ? transposedText(padded, padding, mirrored) : convText(padded, padding);
  const added = bias ? `  # + bias.reshape(${tuple([-1, ...of.axes.map(() => 1)])})` : '';
  const weight: Shape = weightShape(mirrored ? 'i go k' : 'go i k', {
    ...of,
    kernel: of.axes.map((one) => one.kernel),
  });
  const lines = prepared.lines.length === 0 ? [line + added] : [...prepared.lines, `x = ${line}${added}`];
  return { lines, tensors: { weight } };
}

/** SAME where something is padded and the sizes suit it, else VALID. */
export function usual(of: Geometry): string | null {
  if (of.operation === 'pad' || of.operation === 'average' || of.axes.some((one) => out(one) === 0))
    return null;
  const transposes = isTransposed(of);
  if (transposes && of.groups > 1) return null;
  const padded = of.axes.some((one) => one.before > 0 || one.after > 0);
  const scaled = of.axes.every(
    (one) => out(one) === (transposes ? one.size * one.inputDilation : Math.ceil(one.size / one.stride)),
  );
  const word = padded && scaled ? "'SAME'" : "'VALID'";
  if (of.operation === 'max') return poolText(of, word);
  return transposes ? transposedText(of, word, false) : convText(of, word);
}

function convWord(of: Geometry): string | undefined {
  return WORDS.find((word) => of.axes.every((one) => sameReads(one, paddedAxis(windowOf(one), word))));
}

function transposedWord(of: Geometry): string | undefined {
  return (['SAME', 'VALID'] as const).find((word) =>
    of.axes.every((one) =>
      sameReads(one, transposedAxisOf({ ...windowOf(one), stride: one.inputDilation }, { word }, 0)),
    ),
  );
}

function windowOf({ size, kernel, stride, dilation }: Axis) {
  return { size, kernel, stride, dilation };
}

/** The same pad on both sides where that reads the same. */
function evened(one: Axis): Axis {
  const even = axis({ ...one, after: one.before });
  return one.before >= 0 && sameReads(one, even) ? even : one;
}

function pool(of: Geometry): Spelling {
  if (of.axes.some((one) => one.inputDilation > 1))
    return { impossible: 'padwise writes lax.reduce_window for an input without holes only' };
  const word = WORDS.find((one) =>
    of.axes.every((axis) => {
      const padded = paddedAxis(windowOf(axis), one);
      return sameReads(narrow(axis), { ...padded, fillBefore: -Infinity, fillAfter: -Infinity });
    }),
  );
  if (word !== undefined) return { lines: [poolText(of, `'${word}'`)] };
  const prepared = prepare(of, 'first', -Infinity);
  if ('impossible' in prepared) return prepared;
  const pairs = tuple(['(0, 0)', '(0, 0)', ...prepared.axes.map((one) => tuple([one.before, one.after]))]);
  const line = poolText({ ...of, axes: prepared.axes }, pairs);
  return { lines: prepared.lines.length === 0 ? [line] : [...prepared.lines, `x = ${line}`] };
}

function per(of: Geometry, field: 'kernel' | 'stride' | 'dilation' | 'inputDilation'): string {
  return tuple(of.axes.map((one) => one[field]));
}

function ones(of: Geometry): string {
  return tuple(of.axes.map(() => 1));
}

function convText(of: Geometry, padding: string): string {
  return `lax.conv_general_dilated(${args(
    'x',
    'weight',
    per(of, 'stride'),
    padding,
    keyword('lhs_dilation', per(of, 'inputDilation'), ones(of)),
    keyword('rhs_dilation', per(of, 'dilation'), ones(of)),
    keyword('feature_group_count', of.groups, 1),
  )})`;
}

function transposedText(of: Geometry, padding: string, flip: boolean): string {
  const letters = ['W', 'HW', 'DHW'][of.axes.length - 1];
  return `lax.conv_transpose(${args(
    'x',
    'weight',
    per(of, 'inputDilation'),
    padding,
    keyword('rhs_dilation', per(of, 'dilation'), ones(of)),
    `dimension_numbers=('NC${letters}', 'OI${letters}', 'NC${letters}')`,
    flip ? 'transpose_kernel=True' : undefined,
  )})`;
}

function poolText(of: Geometry, padding: string): string {
  const all = (field: 'kernel' | 'stride' | 'dilation') => tuple([1, 1, ...of.axes.map((one) => one[field])]);
  const dilated = of.axes.some((one) => one.dilation > 1) ? `window_dilation=${all('dilation')}` : undefined;
  return `lax.reduce_window(${args('x', '-jnp.inf', 'lax.max', all('kernel'), all('stride'), padding, dilated)})`;
}
