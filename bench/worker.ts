// A process that runs one engine and answers its parent (adaptor.ts): node worker.ts FILE, a file of engines/.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type Adaptor, type Answer, type Loaded, type Open, type Question, Unable } from './adaptor.ts';

// Only answers go to stdout: what an engine prints goes to stderr.
const answerOn = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;

const file = process.argv[2] as string;
let engine: Adaptor | undefined;
let loaded: Loaded | undefined;

async function answer(question: Question): Promise<Answer> {
  if (question.ask === 'start') {
    const { open } = (await import(`./engines/${file}`)) as { open: Open };
    engine = await open(question.mode, question.threads);
    return { version: engine.version };
  }
  if (question.ask === 'load') return load(question);
  if (question.ask === 'burst') return burst(question.ms, question.warm);
  loaded?.drop();
  loaded = undefined;
  return { rss: process.memoryUsage.rss() };
}

async function load({ task, folder }: Question & { ask: 'load' }): Promise<Answer> {
  if (engine === undefined) throw new Error('load comes after start');
  const data = {
    input: floats(task.input),
    weight: floats(task.weight),
    outputGradient: task.outputGradient === undefined ? new Float32Array(0) : floats(task.outputGradient),
  };
  const before = process.memoryUsage.rss();
  const began = performance.now();
  loaded = await engine.load(task, data);
  await loaded.call();
  const ms = performance.now() - began;
  const rss = process.memoryUsage.rss() - before;
  const computed = await loaded.results();
  const results = computed.map(({ of, layout, data }) => {
    const path = join(folder, `${process.pid}-${of}.f32`);
    writeFileSync(path, new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    return { of, layout, file: path };
  });
  return { ms, rss, results };
}

/** Calls for so many milliseconds, at least once. The first call of a turn finds cold caches and is not counted if `warm`. */
async function burst(ms: number, warm: boolean): Promise<Answer> {
  if (loaded === undefined) throw new Error('burst comes after load');
  if (warm) await loaded.call();
  let calls = 0;
  const began = performance.now();
  let spent = 0;
  do {
    const result = loaded.call();
    if (result instanceof Promise) await result;
    calls += 1;
    spent = performance.now() - began;
  } while (spent < ms);
  return { calls, ms: spent };
}

function floats(path: string): Float32Array {
  const bytes = readFileSync(path);
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply: Answer;
  try {
    reply = await answer(JSON.parse(line) as Question);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    reply = error instanceof Unable ? { unable: text } : { failed: text.split('\n')[0] as string };
  }
  answerOn(`${JSON.stringify(reply)}\n`);
}
process.exit(0);
