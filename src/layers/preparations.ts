// What a layer keeps between calls: its steps, compiled and with packed weights. Weights may be changed in place at any time,
// so a copy is kept of what was packed, and the numbers are compared before they are used again.

import { type Parameters, type PrepareOptions, prepareFor, type ReadyForNumbers } from '../engine/prepare.ts';
import { type Settings, settings } from '../engine/settings.ts';
import { type Geometry, print } from '../geometry/index.ts';
import type { Numbers } from '../tensor/tensor.ts';

/** Steps that are ready. */
export interface Preparations {
  /** The step of this name, prepared now unless it was for the same geometry, numbers and settings. */
  get(name: string, step: Geometry, parameters: OperandParameters, options: PrepareOptions): ReadyForNumbers;
  dispose(): void;
}

/** Weight and bias by their steps. */
interface OperandParameters {
  readonly weight: Operand<Parameters['weight']>;
  readonly bias: Operand<Parameters['bias']>;
}

type Operand<Of> =
  | Extract<Of, { readonly offset: number; readonly stride?: number; readonly strides?: object }>
  | undefined;

interface Kept {
  readonly problem: string;
  /** Those in force when it was prepared. */
  readonly settings: Settings;
  readonly ready: ReadyForNumbers;
  readonly weight: Numbers | undefined;
  readonly bias: Numbers | undefined;
}

/** The most geometries kept of one layer. */
const MOST = 4;

/** Nothing prepared yet. */
export function preparations(): Preparations {
  const kept: Kept[] = [];
  return {
    get(name, step, parameters, options) {
      const problem = `${name} ${print(step)}`;
      const found = kept.findIndex((one) => one.problem === problem);
      const [before] = found < 0 ? [] : kept.splice(found, 1);
      if (before !== undefined) {
        const now = before.settings === settings();
        if (now && same(before.weight, parameters.weight?.data) && same(before.bias, parameters.bias?.data)) {
          kept.push(before);
          return before.ready;
        }
        before.ready.dispose();
      }
      const ready = prepareFor(step, parameters, options);
      kept.push({
        problem,
        settings: settings(),
        ready,
        weight: parameters.weight?.data.slice(),
        bias: parameters.bias?.data.slice(),
      });
      if (kept.length > MOST) kept.shift()?.ready.dispose();
      return ready;
    },
    dispose() {
      for (const { ready } of kept) ready.dispose();
      kept.length = 0;
    },
  };
}

/** Whether the numbers are still the same, NaN being itself. */
function same(before: Numbers | undefined, now: Numbers | undefined): boolean {
  if (before === undefined || now === undefined) return before === now;
  if (before.length !== now.length || before.constructor !== now.constructor) return false;
  for (let i = 0; i < now.length; i++) {
    if (before[i] !== now[i] && !Number.isNaN(before[i])) return false;
  }
  return true;
}
