import * as engine from '../../dist/src/engine/index.js';

console.log(engine);
