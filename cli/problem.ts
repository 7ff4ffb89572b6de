// What plan and bench are about: a geometry by its problem string, or the layers of pasted code on an input.
//
//   1x64x56x56 k3 p1 -> 64                        nn.Conv2d(64, 64, 3, padding=1) with --input 56

import type { Layout } from '../src/engine/index.ts';
import { chain, stack } from '../src/explain/stacks.ts';
import { type Geometry, outputShape, parse } from '../src/geometry/index.ts';
import { type Arguments, type Options, text } from './command.ts';
import type { Io } from './io.ts';
import { codeText, inputOf, pastedLayers, subjectOptions } from './subject.ts';

/** The geometries that are computed, in turn. */
export interface Problem {
  /** Framework and layer; null for a problem string. */
  readonly framework: string | null;
  readonly layer: string | null;
  /** The layer's own, channels last for a problem string. */
  readonly layout: Layout;
  readonly input: readonly number[];
  readonly output: readonly number[];
  readonly steps: readonly Geometry[];
}

/** The arguments that name a problem. */
export const problemOptions: Arguments = {
  problem: {
    type: 'positional',
    description:
      "a problem such as '1x64x56x56 k3 p1 -> 64', or a layer: code, a .py file, - for standard input",
    required: true,
  },
  input: {
    type: 'string',
    description: "the layer's input: 1x64x64x3 in its own layout, or just 64",
    valueHint: 'SHAPE',
  },
  ...subjectOptions,
};

/** N x C x sizes, then letters; no code begins like that. */
const PROBLEM = /^\s*\d+x\d+/;

/** The problem of a command line. @throws Failure 2 or 3, GeometryError for a problem string that is none */
export function problemOf(options: Options, io: Io): Problem {
  const code = codeText(text(options, 'problem') ?? '', io);
  if (PROBLEM.test(code)) {
    const of = parse(code.trim());
    const input = [of.batch, of.channels, ...of.axes.map(({ size }) => size)];
    return { framework: null, layer: null, layout: 'last', input, output: outputShape(of), steps: [of] };
  }
  const layers = pastedLayers(code, {
    framework: text(options, 'framework'),
    tensor: text(options, 'tensor'),
  });
  const layer = chain(layers);
  const input = inputOf(layer, text(options, 'input'));
  const { framework, name, layout } = layer;
  if (layer.stills === undefined) return { framework, layer: name, layout, input, ...layer.resolve(input) };
  const rows = stack(layers, input);
  const steps = rows.flatMap((row) => row.steps);
  return { framework, layer: name, layout, input, output: rows.at(-1)?.output ?? [], steps };
}
