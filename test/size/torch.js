export * as explain from '../../dist/src/explain/index.js';
export * as geometry from '../../dist/src/geometry/index.js';
export { torch, readCall } from '../../dist/src/dialects/index.js';
