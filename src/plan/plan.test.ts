import { expect, it } from 'vitest';
import { parse } from '../geometry/index.ts';
import { plan, printPlan } from './plan.ts';

it('a plan is plain data with its reason and its cost', () => {
  const of = plan(parse('1x3x64x64 k4 s2 p1 -> 6'), 4);
  expect(JSON.parse(JSON.stringify(of))).toEqual(of);
  expect(printPlan(of)).toMatchInlineSnapshot(
    `"1x3x64x64 k4 s2 p1 -> 6: reference (the only algorithm so far), 294912 multiply-adds, output 24576 bytes, workspace 1024 bytes"`,
  );
  expect(plan(parse('1x3x64x64 max k2 s2'), 8)).toMatchObject({
    multiplyAdds: 3 * 32 * 32 * 4,
    outputBytes: 3 * 32 * 32 * 8,
  });
});
