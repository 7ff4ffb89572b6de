// Which algorithm suits a geometry, and why. The rules, in order; the first that fits decides:
//
//   reference  what no generated code does: 64-bit numbers, pads by themselves, constants other than zero, a machine without
//              WebAssembly; and what is too small to be worth compiling
//   pool       maxima and averages
//   depthwise  as many groups as channels
//   winograd   kernels of 3 and stride 1 with enough channels, unless the sums must be strict
//   gemm       every other convolution
//
// An input with holes is several problems without (geometry/phases.ts), each of which is chosen for by itself.

import { type Fill, type Geometry, inputShape, multiplyAdds, out, outputShape } from '../geometry/index.ts';
import { say, type Text } from '../words/index.ts';

/** How it is computed. */
export type Algorithm = 'reference' | 'gemm' | 'winograd' | 'depthwise' | 'pool';

/** What decides beside the geometry. */
export interface Conditions {
  /** Bytes of a number. */
  readonly bytesEach: 4 | 8;
  /** Why nothing can be compiled here; null where it can. */
  readonly uncompilable: Text | null;
  /** Sums in a fixed order, rounded at every step. */
  readonly strict: boolean;
  /** Multiply-adds from which code is compiled. */
  readonly compileFrom: number;
}

/** An algorithm and its reason. */
export interface Choice {
  readonly algorithm: Algorithm;
  readonly reason: Text;
}

const LEAST_WINOGRAD_CHANNELS = 16;
/** So that the table of one window fits in a workspace. */
const MOST_TAPS = 2 ** 16;
/** Input and output, and both once more in another layout, fit in WebAssembly's 4 GiB. */
const MOST_BYTES = 15 * 2 ** 27;

/** The algorithm for a geometry. */
export function choose(of: Geometry, { bytesEach, uncompilable, strict, compileFrom }: Conditions): Choice {
  const reference = (reason: Text): Choice => ({ algorithm: 'reference', reason });
  if (bytesEach === 8) return reference('numbers of 64 bits');
  if (uncompilable !== null) return reference(uncompilable);
  if (of.operation === 'pad') return reference('a pad only copies');
  const work = operations(of);
  if (work < compileFrom) return reference(say`${work} operations, compiling pays from ${compileFrom}`);
  const taps = of.axes.reduce((product, one) => product * one.kernel, 1);
  if (taps > MOST_TAPS) return reference(say`${taps} taps, code is generated for at most ${MOST_TAPS}`);
  const bytes = (count(inputShape(of)) + count(outputShape(of))) * bytesEach;
  if (bytes > MOST_BYTES)
    return reference(say`input and output of ${bytes} bytes, generated code takes ${MOST_BYTES}`);
  if (of.operation !== 'conv') {
    return hasOtherFill(of, of.operation === 'max' ? -Infinity : 0)
      ? reference('a pool of padding that is not its own')
      : { algorithm: 'pool', reason: 'windows without weights' };
  }
  if (of.axes.some((one) => isOther(one.fillBefore, 0) || isOther(one.fillAfter, 0)))
    return reference('constant padding other than zero');
  const copied = hasOtherFill(of, 0);
  if (copied && of.axes.some((one) => one.inputDilation > 1))
    return reference('holes in the input and padding that copies it');
  return convolution(of, copied, strict);
}

function convolution(of: Geometry, copied: boolean, strict: boolean): Choice {
  const [channels, filters] = [of.channels / of.groups, of.filters / of.groups];
  const holes = of.axes.some((one) => one.inputDilation > 1);
  if (of.groups > 1 && channels === 1 && !copied)
    return { algorithm: 'depthwise', reason: 'a group for each channel' };
  if (!winogradFits(of))
    return {
      algorithm: 'gemm',
      reason: holes ? 'a small convolution for each phase of its holes' : 'windows times filters',
    };
  if (strict) return { algorithm: 'gemm', reason: 'strict sums, so no Winograd' };
  if (channels < LEAST_WINOGRAD_CHANNELS || filters < LEAST_WINOGRAD_CHANNELS)
    return { algorithm: 'gemm', reason: say`Winograd pays from ${LEAST_WINOGRAD_CHANNELS} channels` };
  return {
    algorithm: 'winograd',
    reason: 'kernels of 3 and stride 1, half the multiply-adds along each axis',
  };
}

/** Kernels of 3, or 3 and 1, with outputs enough for a tile of four. */
function winogradFits(of: Geometry): boolean {
  return (
    of.groups === 1 &&
    of.axes.length <= 2 &&
    of.axes.some((one) => one.kernel === 3) &&
    of.axes.every(
      (one) =>
        one.stride === 1 &&
        one.inputDilation === 1 &&
        (one.kernel === 1 || (one.kernel === 3 && out(one) >= 4 * one.dilation)),
    )
  );
}

/** Multiply-adds of a conv; elements read by a pooling. */
export function operations(of: Geometry): number {
  if (of.operation === 'conv') return multiplyAdds(of);
  const taps = of.axes.reduce((product, one) => product * one.kernel, 1);
  return outputShape(of).reduce((product, n) => product * n, taps);
}

function count(shape: readonly number[]): number {
  return shape.reduce((product, n) => product * n, 1);
}

function hasOtherFill(of: Geometry, usual: number): boolean {
  return of.axes.some((one) => one.fillBefore !== usual || one.fillAfter !== usual);
}

function isOther(fill: Fill, usual: number): boolean {
  return typeof fill === 'number' && fill !== usual;
}
