// A framework's own words that compute. `layerFace` makes a constructor from a reader of a dialect, `functionFace` a
// function; both are as thin as that: the dialect reads, the engine computes.
//
//   const conv = nn.Conv2d(3, 6, 4, { stride: 2 });     conv.weight, conv.bias   tensors, filled and settable
//   const y = conv(x);                                  conv.geometry([1, 3, 64, 64]).steps, conv.layer
//   const z = F.conv2d(x, weight, bias, { stride: 2 });
//
// A parameter exists as soon as the number of input channels is known: at once, or from the first input.

import type { Dialect, Layer, Resolved, Shape } from '../dialects/dialect.ts';
import { DialectError } from '../dialects/error.ts';
import { readCall, speaker } from '../dialects/resolve.ts';
import { isTensor, type Tensor } from '../tensor/tensor.ts';
import { say } from '../words/index.ts';
import { pythonCall } from './call.ts';
import { compute, computeWith, type Filled, fitting, input, speakerOf } from './compute.ts';
import { initialised, nextSource } from './initialise.ts';
import { preparations } from './preparations.ts';

/** A layer that computes: call it with a tensor in the layer's own layout. */
export interface ComputingLayer {
  (x: Tensor): Tensor;
  /** What the dialect read. */
  readonly layer: Layer;
  /** The geometries it runs on an input of this shape, and its output shape. */
  geometry(input: Shape): Resolved;
}

/** A layer's parameters by name, filled as the framework fills them. */
export interface Store {
  readonly names: readonly string[];
  /**
   * The tensor of a parameter; null for a name the layer has not.
   * @throws DialectError 'input' while the number of input channels is unknown
   */
  get(name: string): Tensor | null;
  /**
   * Replaces a parameter. Its shape is checked now, or with the first input where that decides it.
   * @throws DialectError 'argument' for another shape or a parameter the layer has not
   */
  set(name: string, value: unknown): void;
  /** All parameters for an input of so many channels; the first input fixes them. */
  filled(channels: number): readonly Filled[];
}

/** Gives a computing layer what its framework's layers have: properties, methods. */
export type Dress = (computing: ComputingLayer, store: Store) => void;

/** Every reader right under a module of the dialect: layers begin with a capital, functions do not. */
export function facesOf<Module>(dialect: Dialect, module: string, dress: Dress = withParameters): Module {
  const names = Object.keys(dialect.readers)
    .filter((path) => path.startsWith(`${module}.`))
    .map((path) => path.slice(module.length + 1))
    .filter((name) => !name.includes('.'));
  const face = (name: string) =>
    /^[A-Z]/.test(name)
      ? layerFace(dialect, `${module}.${name}`, dress)
      : functionFace(dialect, `${module}.${name}`);
  return Object.fromEntries(names.map((name) => [name, face(name)])) as Module;
}

/** A constructor of computing layers for a reader such as 'torch.nn.Conv2d'. */
export function layerFace(
  dialect: Dialect,
  path: string,
  dress: Dress = withParameters,
): (...args: readonly unknown[]) => ComputingLayer {
  return (...args) => {
    const layer = readCall([dialect], pythonCall(speaker(dialect, path), path, args).call);
    const store = parameterStore(layer);
    const prepared = preparations();
    const call = (x: Tensor): Tensor => {
      const channels = layer.resolve(input(speakerOf(layer), x).shape).steps[0]?.channels ?? 0;
      return computeWith(prepared, layer, x, store.filled(channels));
    };
    const computing = Object.assign(call, { layer, geometry: (shape: Shape) => layer.resolve(shape) });
    dress(computing, store);
    return Object.preventExtensions(computing);
  };
}

/** A function that computes at once, for a reader such as 'torch.nn.functional.conv2d'. */
export function functionFace(dialect: Dialect, path: string): (...args: readonly unknown[]) => Tensor {
  const who = speaker(dialect, path);
  return (...args) => {
    const { call, positional, named } = pythonCall(who, path, args);
    if (call.args.length > 0) input(who, args[0]);
    const layer = readCall([dialect], call);
    // A tensor given by a parameter's name is that parameter; the others are the input and the rest, in their order.
    const names = layer.parameters(layer.channels ?? 0).map((parameter) => parameter.name);
    const unnamed = Object.entries(named).flatMap(([name, one]) => (names.includes(name) ? [] : [one]));
    const [first, ...rest] = [...positional, ...unnamed];
    const x = input(who, first);
    const channels = layer.resolve(x.shape).steps[0]?.channels ?? 0;
    const filled = layer.parameters(channels).map((parameter) => ({
      parameter,
      tensor: fitting(layer, parameter, named[parameter.name] ?? rest.shift()),
    }));
    return compute(layer, x, filled);
  };
}

/** Each parameter as a property that can be set; `bias` also where there is none: null. */
export function withParameters(computing: ComputingLayer, store: Store): void {
  if (store.names.length === 0) return;
  for (const name of new Set([...store.names, 'bias'])) {
    Object.defineProperty(computing, name, {
      enumerable: true,
      get: () => store.get(name),
      set: (value: unknown) => store.set(name, value),
    });
  }
}

function parameterStore(layer: Layer): Store {
  const who = speakerOf(layer);
  let channels = layer.channels ?? statedChannels(layer);
  const names = layer.parameters(channels ?? 0).map((parameter) => parameter.name);
  const source = names.length === 0 ? { seed: 0, layer: 0 } : nextSource();
  const tensors = new Map<string, Tensor>();

  const filled = (wanted: number): readonly Filled[] => {
    if (names.length > 0 && channels !== null && wanted !== channels) {
      throw new DialectError(
        'input',
        say`${who}: its parameters are made for ${channels} input channels, received ${wanted}`,
      );
    }
    const all = layer.parameters(wanted).map((parameter, index): Filled => {
      const given = tensors.get(parameter.name);
      const tensor =
        given === undefined
          ? initialised(parameter.shape, parameter.initialiser, source, index)
          : fitting(layer, parameter, given);
      return { parameter, tensor };
    });
    for (const { parameter, tensor } of all) tensors.set(parameter.name, tensor);
    channels = wanted;
    return all;
  };

  return {
    names,
    filled,
    get: (name) => {
      if (!names.includes(name)) return null;
      if (channels !== null) filled(channels);
      const found = tensors.get(name);
      if (found !== undefined) return found;
      throw new DialectError(
        'input',
        say`${who}: ${name} has no shape before the layer has seen an input; call it once, or set ${name}`,
      );
    },
    set: (name, value) => {
      const known = channels === null ? [] : layer.parameters(channels);
      const parameter = known.find((one) => one.name === name);
      if (!names.includes(name))
        throw new DialectError(
          'argument',
          say`${who}: this layer has no ${name}; it has ${names.join(', ')}`,
        );
      if (parameter !== undefined) fitting(layer, parameter, value);
      else if (!isTensor(value))
        throw new DialectError('argument', say`${who}: ${name}: expected a tensor, received ${typeof value}`);
      tensors.set(name, value as Tensor);
    },
  };
}

/** The channels of a stated input shape such as Keras' input_shape. */
function statedChannels(layer: Layer): number | null {
  const shape = layer.statedInput;
  return (layer.layout === 'first' ? shape?.at(-1 - layer.rank) : shape?.at(-1)) ?? null;
}
