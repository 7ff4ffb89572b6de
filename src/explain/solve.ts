// The inverse question: which arguments give this output size? For kernel k and stride s the totals of padding that do are
//
//   (out - 1) * stride + extent - size  <=  total  <  out * stride + extent - size
//
// Negative totals are crops and left out.

import { checkInteger, extent } from '../geometry/index.ts';

/** What is known; kernel, stride and padding may be left open. */
export interface Question {
  readonly size: number;
  readonly out: number;
  readonly kernel?: number;
  readonly stride?: number;
  readonly dilation?: number;
  /** Padding of both sides together. */
  readonly total?: number;
}

/** One answer: every total of padding from `least` to `most` gives the output. */
export interface Solution {
  readonly kernel: number;
  readonly stride: number;
  readonly dilation: number;
  readonly least: number;
  readonly most: number;
  /** Whether TensorFlow's SAME is one of them. */
  readonly same: boolean;
  /** Whether no padding is one of them. */
  readonly valid: boolean;
}

const LARGEST_KERNEL = 11;
const LARGEST_STRIDE = 8;

/**
 * All solutions, smallest kernel and stride first; an open kernel is sought up to 11, an open stride up to 8.
 * @throws GeometryError for numbers that are no sizes
 */
export function solve(question: Question): Solution[] {
  const size = checkInteger('size', question.size, 1);
  const windows = checkInteger('out', question.out, 1);
  const dilation = checkInteger('dilation', question.dilation ?? 1, 1);
  const kernels =
    question.kernel === undefined ? upTo(LARGEST_KERNEL) : [checkInteger('kernel', question.kernel, 1)];
  const strides =
    question.stride === undefined ? upTo(LARGEST_STRIDE) : [checkInteger('stride', question.stride, 1)];
  const found = kernels.flatMap((kernel) =>
    strides.flatMap((stride): Solution[] => {
      const covered = extent({ kernel, dilation });
      const exact = (windows - 1) * stride + covered - size;
      const [least, most] = [Math.max(0, exact), exact + stride - 1];
      const open = question.kernel === undefined || question.stride === undefined;
      // With something left open, padding by more than a kernel on each side is no answer anyone looks for.
      if (most < 0 || (open && question.total === undefined && least > 2 * (covered - 1))) return [];
      if (question.total !== undefined && (question.total < least || question.total > most)) return [];
      const same = Math.ceil(size / stride) === windows;
      return [{ kernel, stride, dilation, least, most, same, valid: least === 0 }];
    }),
  );
  return found;
}

function upTo(largest: number): number[] {
  return Array.from({ length: largest }, (_, i) => i + 1);
}
