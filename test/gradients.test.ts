// Every recorded gradient of a real framework against padwise's, to the last digit.
// engine-modes.test.ts asks the same of compiled code.

import { describe, expect, it } from 'vitest';
import { gradientCases, wrongGradients } from './gradient-cases.ts';

describe('recorded gradients', () => {
  const cases = [...gradientCases()];

  it.each([
    ['float64', (numbers: Float64Array) => numbers],
    ['float32', (numbers: Float64Array) => Float32Array.from(numbers)],
  ] as const)('in %s', (_, make) => {
    expect(cases.length).toBeGreaterThan(400);
    expect(wrongGradients(cases, make)).toEqual([]);
  });
});
