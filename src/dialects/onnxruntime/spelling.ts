// ONNX Runtime's words for a geometry: ONNX's nodes, taken where ONNX Runtime computes the geometry from them.

import type { Geometry } from '../../geometry/index.ts';
import type { Spelling } from '../dialect.ts';
import { writeAs } from '../onnx/spelling.ts';
import { onnxruntime } from '../onnxruntime.ts';

export { usual } from '../onnx/spelling.ts';

/** Nodes that ONNX Runtime runs as exactly this geometry. */
export function write(of: Geometry, bias: boolean): Spelling {
  return writeAs(onnxruntime, of, bias);
}
