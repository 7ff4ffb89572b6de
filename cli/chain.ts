// Layers in turn as one.

export { chain, windowed } from '../src/explain/stacks.ts';
