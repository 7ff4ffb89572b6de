export { flax, readCall } from '../../dist/src/dialects/index.js';
export * as explain from '../../dist/src/explain/index.js';
export * as geometry from '../../dist/src/geometry/index.js';
