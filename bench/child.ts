// The parent's side of an engine's process: asks one question at a time and waits for the answer.

import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Answer, Question } from './adaptor.ts';

/** A running engine. */
export interface Child {
  /** @throws Error when the process ends or stays silent for longer than `seconds` */
  ask(question: Question, seconds?: number): Promise<Answer>;
  end(): void;
}

/** Seconds an answer may take; jax-js needs as long for the largest rows. */
const PATIENCE = 20;

const running = new Set<ChildProcessWithoutNullStreams>();

/** Starts a process that answers in lines of JSON; lines of stdout that are none, and stderr, are kept for its last words. */
export function startChild(command: string, args: readonly string[], environment: NodeJS.ProcessEnv): Child {
  const child = spawn(command, args, { env: environment, stdio: 'pipe' });
  running.add(child);
  let waiting: { resolve: (answer: Answer) => void; reject: (error: Error) => void } | undefined;
  let lastWords = '';
  let ended: Error | undefined;
  const hear = (text: string) => {
    lastWords = (lastWords + text).slice(-2000);
    if (process.env.PADWISE_DEBUG) process.stderr.write(text);
  };
  const finish = (why: string) => {
    const last = lastWords.trim().split('\n').at(-1) ?? '';
    ended = new Error(last === '' ? why : `${why}: ${last}`);
    running.delete(child);
    waiting?.reject(ended);
    waiting = undefined;
  };
  child.stderr.setEncoding('utf8').on('data', hear);
  child.on('error', (error) => finish(error.message));
  child.on('exit', (code, signal) => finish(`the process ended with ${signal ?? code}`));
  child.stdin.on('error', () => {});
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.startsWith('{')) return hear(`${line}\n`);
    waiting?.resolve(JSON.parse(line) as Answer);
    waiting = undefined;
  });

  return {
    ask(question, seconds = PATIENCE) {
      return new Promise((resolve, reject) => {
        if (ended !== undefined) return reject(ended);
        const timer = setTimeout(() => {
          child.kill('SIGKILL');
          finish(`no answer within ${seconds} s`);
        }, seconds * 1000);
        const settle =
          <Value>(then: (value: Value) => void) =>
          (value: Value) => {
            clearTimeout(timer);
            then(value);
          };
        waiting = { resolve: settle(resolve), reject: settle(reject) };
        child.stdin.write(`${JSON.stringify(question)}\n`);
      });
    },
    end() {
      running.delete(child);
      child.kill('SIGKILL');
    },
  };
}

/** Ends every process that still runs; for the end of the program, however it comes. */
export function endChildren(): void {
  for (const child of running) child.kill('SIGKILL');
  running.clear();
}
