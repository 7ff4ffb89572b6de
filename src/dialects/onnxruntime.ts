// ONNX Runtime on the CPU: ONNX's nodes, where it leaves the specification (onnx/rules.ts has the table). Chosen by name;
// bare nodes are ONNX's.
// Sources: onnxruntime core/providers/cpu/nn/{conv_attributes,conv_transpose_attributes,pool_attributes}.h (1.31), and runs.

import type { Dialect } from './dialect.ts';
import type { Rules } from './onnx/rules.ts';
import { ALIASES, readers } from './onnx.ts';

const RUNTIME: Rules = {
  negativePads: true,
  refusesEmpty: true,
  refusesDilatedSame: true,
  croppingSame: true,
  loosePools: true,
  naturalSame: true,
  boundedOutputShape: true,
  reflectsOnce: true,
};

/** ONNX Runtime. */
export const onnxruntime: Dialect = {
  id: 'onnxruntime',
  title: 'ONNX Runtime',
  aliases: ALIASES,
  readers: readers(RUNTIME),
};
