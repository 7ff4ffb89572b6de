// Evaluates TensorFlow.js code, one line of JSON in and one out: {code, x, tensors} gives {shape, values} or {error}. A layer
// first gives {weights}, the shapes of its own weights; the next line is their values. An array is {shape, values}.

const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');

const packages = createRequire(`${__dirname}/../.node-tfjs/package.json`);
console.warn = () => {}; // It advises to install the native addition.
const core = packages('@tensorflow/tfjs-core');
packages('@tensorflow/tfjs-backend-cpu');
const { layers } = packages('@tensorflow/tfjs-layers');
const tf = { ...core, layers };

const tensor = ({ shape, values }) => tf.tensor(values, shape, 'float32');
const spelled = (value) => (Number.isFinite(value) ? value : String(value));

function evaluated({ code, x, tensors }) {
  const names = ['tf', 'x', ...Object.keys(tensors)];
  const values = [tf, tensor(x), ...Object.values(tensors).map(tensor)];
  return [new Function(...names, `return (${code});`)(...values), values[1]];
}

function answer(result) {
  return { shape: result.shape, values: Array.from(result.dataSync(), spelled) };
}

let waiting = null;

function respond(request) {
  if (waiting !== null) {
    const { layer, x } = waiting;
    waiting = null;
    layer.setWeights(request.weights.map(tensor));
    return answer(layer.apply(x));
  }
  const [result, x] = evaluated(request);
  if (!(result instanceof packages('@tensorflow/tfjs-layers').layers.Layer)) return answer(result);
  result.apply(x);
  if (result.getWeights().length === 0) return answer(result.apply(x));
  waiting = { layer: result, x };
  return { weights: result.getWeights().map((one) => one.shape) };
}

tf.setBackend('cpu');
tf.engine().startScope();
createInterface({ input: process.stdin }).on('line', (line) => {
  let reply;
  try {
    reply = respond(JSON.parse(line));
  } catch (error) {
    waiting = null;
    reply = { error: String(error.message) };
  }
  if (waiting === null) {
    tf.engine().endScope();
    tf.engine().startScope();
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
});
