// A convolution or pool with its weights, ready to run on tensors: planned, compiled and packed once.
//
//   const layer = prepare(parse('1x64x56x56 k3 p1 -> 64'), { weight, bias }, { layout: 'last', activation: { name: 'relu' } });
//   using y = layer(x);        y's numbers stay in the engine's memory until y.data is read; layers read them there
//
// The weights are those of now: numbers that are changed afterwards are not seen.

import { type Geometry, inputShape, outputShape, print } from '../geometry/index.ts';
import { type Activation, activateAll } from '../kernels/activation.ts';
import type { BiasOperand, Numbers, WeightOperand } from '../kernels/operands.ts';
import { choose } from '../plan/choose.ts';
import type { Plan } from '../plan/plan.ts';
import { type HeldTensor, settled } from '../tensor/deferred.ts';
import { dataStrides, weightStrides } from '../tensor/layout.ts';
import { contiguous, isTensor, rowMajor, shapeText, type Tensor, tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { report } from './debug.ts';
import { MEMORY_LIMIT, run } from './engine.ts';
import { addressOf, held } from './held.ts';
import { host } from './host.ts';
import { conditionsFor, isEmpty, planOf } from './planned.ts';
import { execute, type Layout, type Prepared, packInto, prepareSteps, unprepare } from './prepared.ts';
import {
  isNumbers,
  kind,
  refuse,
  refuseActivation,
  refuseOptions,
  refuseOthers,
  refuseParameters,
  refuseSize,
} from './refusals.ts';
import type { Precision } from './settings.ts';

export type { Activation } from '../kernels/activation.ts';

/** Weight [filters, channels / groups, taps] as numbers or tensor, or by its steps; a number for each filter as bias. */
export interface Parameters {
  readonly weight?: Numbers | Tensor | WeightOperand | undefined;
  readonly bias?: Numbers | Tensor | BiasOperand | undefined;
}

/** How a prepared geometry runs. */
export interface PrepareOptions {
  /** Where the channels of input and output stand; first unless said. */
  readonly layout?: Layout;
  readonly precision?: Precision;
  readonly activation?: Activation | null;
  /** The most bytes output and workspace may take; 8 GiB unless said. */
  readonly memoryLimit?: number;
}

/** A geometry that is ready to run. `using` gives its packed weights back at once, otherwise they come back by themselves. */
export interface Ready {
  /**
   * The output for an input of the geometry's shape in the layout, float32 or float64.
   * @throws EngineError 'operand' for another shape, 'memory' when it does not fit
   */
  (x: Tensor): HeldTensor;
  readonly plan: Plan;
  [Symbol.dispose](): void;
}

/** What stays between runs. */
interface State {
  prepared: Prepared | null;
  packed: number;
}

const collected = new FinalizationRegistry<State>(letGo);

/**
 * Plans, compiles and packs.
 * @throws EngineError 'operand' when the weights do not suit the geometry, 'memory' when the result would not fit
 */
export function prepare(of: Geometry, parameters: Parameters = {}, options: PrepareOptions = {}): Ready {
  refuseOptions(of, options);
  const layout = options.layout ?? 'first';
  const shapes = { input: shaped(inputShape(of), layout), output: shaped(outputShape(of), layout) };
  const ready = prepareFor(of, parameters, options);
  const call = (x: Tensor) => {
    refuseShape(of, 'input', x, shapes.input);
    return ready.run(x, shapes.output);
  };
  return Object.assign(call, { plan: ready.plan, [Symbol.dispose]: ready.dispose });
}

/** A geometry that is ready for any tensor that holds its input's numbers in the layout, whatever dimensions it gives them. */
export interface ReadyForNumbers {
  run(x: Tensor, shape: readonly number[]): HeldTensor;
  readonly plan: Plan;
  dispose(): void;
}

/** As {@link prepare}, without the shapes. */
export function prepareFor(of: Geometry, parameters: Parameters, options: PrepareOptions): ReadyForNumbers {
  const layout = options.layout ?? 'first';
  const activation = options.activation ?? null;
  refuseActivation(of, activation);
  const weight = weightOf(of, parameters.weight);
  const bias = biasOf(of, parameters.bias);
  const conditions = conditionsFor(4, options.precision);
  const choice = choose(of, conditions);
  const elements = outputShape(of).reduce((product, n) => product * n, 1);
  const outline = planOf(of, conditions, choice, null);
  refuseSize(outline, outputShape(of), elements, options.memoryLimit ?? MEMORY_LIMIT);
  refuseParameters(of, { weight, bias });

  const state: State = { prepared: null, packed: 0 };
  const compiles = choice.algorithm !== 'reference' && !isEmpty(of);
  if (compiles) {
    state.prepared = prepareSteps(of, { input: layout, output: layout, activation, conditions });
    try {
      const bytes = state.prepared.packedFloats * 4;
      if (bytes > 0) state.packed = host().memory.allocate(bytes);
      packInto(state.prepared, state.packed, weight, bias);
    } catch (error) {
      letGo(state);
      throw error;
    }
  }
  const plan = planOf(of, conditions, choice, state.prepared);

  const byReference = (x: Tensor, shape: readonly number[]) => {
    const [, channels = 0, ...sizes] = inputShape(of);
    const input = { data: x.data, offset: 0, strides: dataStrides(layout, { channels, sizes }) };
    const data = run(of, { input, weight, bias }, { layout });
    if (activation !== null) activateAll(activation, data);
    return settled(tensor(data, shape));
  };
  const ready: ReadyForNumbers = {
    plan,
    run(given, shape) {
      const x = contiguous(given);
      const { prepared } = state;
      if (prepared === null || (addressOf(x) === undefined && x.data instanceof Float64Array))
        return byReference(x, shape);
      const began = performance.now();
      const result = withInput(x, (input) => {
        return held(shape, execute(prepared, state.packed, { input }), elements);
      });
      report(plan, performance.now() - began);
      return result;
    },
    dispose: () => letGo(state),
  };
  if (compiles) collected.register(ready, state);
  return ready;
}

/** Where a tensor's numbers lie in the engine's memory, copied there for as long as `use` takes when they lie elsewhere. */
export function withInput<Result>(x: Tensor, use: (address: number) => Result): Result {
  const { memory } = host();
  const there = addressOf(x);
  if (there !== undefined) return use(there);
  const address = memory.allocate(x.data.length * 4);
  try {
    memory.floats().set(x.data, address / 4);
    return use(address);
  } finally {
    memory.free(address);
  }
}

function letGo(state: State): void {
  if (state.prepared === null) return;
  unprepare(state.prepared);
  if (state.packed !== 0) host().memory.free(state.packed);
  state.prepared = null;
}

/** A shape N C sizes in a layout. */
export function shaped([batch = 0, channels = 0, ...sizes]: readonly number[], layout: Layout): number[] {
  return layout === 'first' ? [batch, channels, ...sizes] : [batch, ...sizes, channels];
}

/** A weight by its steps, whatever it was given as. */
export function weightOf(of: Geometry, given: Parameters['weight']): WeightOperand | undefined {
  if (given === undefined || of.operation !== 'conv') return undefined;
  const shape = [of.filters, of.channels / of.groups, ...of.axes.map((one) => one.kernel)];
  if (isTensor(given)) refuseShape(of, 'weight', given, shape);
  else refuseOthers(of, 'weight', given, shape);
  if (!(isTensor(given) || isNumbers(given))) return given;
  const [data, offset, strides] = isTensor(given)
    ? [given.data, given.offset, given.strides]
    : [given, 0, rowMajor(shape)];
  return { data, offset, strides: weightStrides({ shape, strides }, 'go i k', of.axes.length, of.groups) };
}

function biasOf(of: Geometry, given: Parameters['bias']): BiasOperand | undefined {
  if (given === undefined) return undefined;
  if (isTensor(given)) refuseShape(of, 'bias', given, [of.filters]);
  else refuseOthers(of, 'bias', given, [of.filters]);
  if (!(isTensor(given) || isNumbers(given))) return given;
  return isTensor(given)
    ? { data: given.data, offset: given.offset, stride: given.strides[0] ?? 1 }
    : { data: given, offset: 0, stride: 1 };
}

/** A tensor has this shape. */
export function refuseShape(of: Geometry, what: string, x: unknown, shape: readonly number[]): void {
  if (isTensor(x) && x.shape.length === shape.length && x.shape.every((n, i) => n === shape[i])) return;
  const received = isTensor(x) ? shapeText(x.shape) : kind(x);
  refuse(say`${what}: expected a tensor of ${shapeText(shape)}, received ${received}. [${print(of)}]`);
}
