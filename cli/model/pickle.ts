// What a pickle holds, without running it. A pickle is a small program for a stack machine that may call anything; here a
// call stays a call that nobody makes: { made: 'torch._utils _rebuild_tensor_v2', of: [...] }. Numbers, words, tuples, lists
// and dictionaries become what they are. Source: Python's pickletools, protocols 0 to 5.

import { say, type Text } from '../../src/words/index.ts';
import { Failure, UNREADABLE } from '../failure.ts';

/** A value of a pickle. */
export type Pickled =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | Pickled[]
  | Map<Pickled, Pickled>
  | Made;

/** Something a pickle would have made by calling a function or class, with its arguments and its state. */
export interface Made {
  readonly made: string;
  readonly of: Pickled;
  state?: Pickled;
  /** What was put into it afterwards, as into an OrderedDict. */
  readonly items: Map<Pickled, Pickled>;
}

const MOST_STEPS = 5_000_000;
const MARK = Symbol('mark');

type Slot = Pickled | typeof MARK;

/** The value of the pickle at `offset`, and where it ends. @throws Failure 3 for bytes that are no pickle */
export function unpickled(bytes: Uint8Array, offset: number = 0): { value: Pickled; end: number } {
  const machine = new Machine(bytes, offset);
  for (let step = 0; step < MOST_STEPS; step++) {
    const code = machine.byte();
    if (code === STOP) return { value: machine.pop(), end: machine.at };
    const run = OPERATIONS.get(code);
    if (run === undefined) throw broken(say`the operation ${`0x${code.toString(16)}`}`);
    run(machine);
  }
  throw broken(say`more than ${MOST_STEPS} steps`);
}

/** Whether a value is something that would have been made. */
export function isMade(value: Pickled): value is Made {
  return typeof value === 'object' && value !== null && 'made' in value;
}

function broken(what: Text): Failure {
  return new Failure(UNREADABLE, say`this is no pickle that padwise reads: it has ${what}`);
}

class Machine {
  at: number;
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #stack: Slot[] = [];
  readonly #memo = new Map<number, Pickled>();

  constructor(bytes: Uint8Array, offset: number) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.at = offset;
  }

  byte(): number {
    return this.take(1)[0] as number;
  }

  take(count: number): Uint8Array {
    const end = this.at + count;
    if (!Number.isSafeInteger(end) || count < 0 || end > this.#bytes.length) throw broken('an early end');
    const part = this.#bytes.subarray(this.at, end);
    this.at = end;
    return part;
  }

  number(size: 1 | 2 | 4 | 8): number {
    const from = this.at;
    this.take(size);
    if (size === 1) return this.#view.getUint8(from);
    if (size === 2) return this.#view.getUint16(from, true);
    return size === 4 ? this.#view.getInt32(from, true) : Number(this.#view.getBigUint64(from, true));
  }

  double(): number {
    const from = this.at;
    this.take(8);
    return this.#view.getFloat64(from, false);
  }

  words(count: number): string {
    return new TextDecoder().decode(this.take(count));
  }

  /** To the end of the line, as the oldest protocol writes. */
  line(): string {
    const end = this.#bytes.indexOf(10, this.at);
    if (end < 0) throw broken('an early end');
    const text = this.words(end - this.at);
    this.at = end + 1;
    return text;
  }

  push(value: Slot): void {
    this.#stack.push(value);
  }

  pop(): Pickled {
    const value = this.#stack.pop();
    if (value === undefined || value === MARK) throw broken('an empty stack');
    return value;
  }

  top(): Pickled {
    const value = this.pop();
    this.push(value);
    return value;
  }

  /** Everything above the last mark. */
  marked(): Pickled[] {
    const at = this.#stack.lastIndexOf(MARK);
    if (at < 0) throw broken('no mark');
    return this.#stack.splice(at).slice(1) as Pickled[];
  }

  memoize(index: number = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    const value = this.#memo.get(index);
    if (value === undefined) throw broken('a reference to nothing');
    this.push(value);
  }

  make(): void {
    const of = this.pop();
    const callee = this.pop();
    this.push({ made: isMade(callee) ? callee.made : String(callee), of, items: new Map() });
  }

  put(pairs: readonly Pickled[]): void {
    const into = this.top();
    const map = into instanceof Map ? into : isMade(into) ? into.items : null;
    for (let i = 0; i + 1 < pairs.length; i += 2) map?.set(pairs[i] as Pickled, pairs[i + 1] as Pickled);
  }

  append(values: readonly Pickled[]): void {
    const into = this.top();
    if (Array.isArray(into)) for (const value of values) into.push(value);
  }
}

const STOP = '.'.charCodeAt(0);
const named = (made: string): Made => ({ made, of: null, items: new Map() });

const OPERATIONS: ReadonlyMap<number, (machine: Machine) => void> = new Map<
  number,
  (machine: Machine) => void
>([
  [0x80, (m) => void m.byte()],
  [0x95, (m) => void m.take(8)],
  ...letters({
    '(': (m) => m.push(MARK),
    ')': (m) => m.push([]),
    ']': (m) => m.push([]),
    '}': (m) => m.push(new Map()),
    N: (m) => m.push(null),
    I: (m) => {
      const text = m.line();
      m.push(text === '00' || text === '01' ? text === '01' : Number(text));
    },
    L: (m) => m.push(Number(m.line().replace(/L$/, ''))),
    F: (m) => m.push(Number(m.line())),
    S: (m) => m.push(m.line().slice(1, -1)),
    V: (m) => m.push(m.line()),
    J: (m) => m.push(m.number(4)),
    K: (m) => m.push(m.number(1)),
    M: (m) => m.push(m.number(2)),
    G: (m) => m.push(m.double()),
    X: (m) => m.push(m.words(m.number(4))),
    T: (m) => m.push(m.words(m.number(4))),
    U: (m) => m.push(m.words(m.number(1))),
    B: (m) => m.push(m.take(m.number(4))),
    C: (m) => m.push(m.take(m.number(1))),
    c: (m) => m.push(named(`${m.line()} ${m.line()}`)),
    P: (m) => m.push({ made: 'persistent', of: m.line(), items: new Map() }),
    Q: (m) => m.push({ made: 'persistent', of: m.pop(), items: new Map() }),
    R: (m) => m.make(),
    b: (m) => {
      const state = m.pop();
      const into = m.top();
      if (isMade(into)) into.state = state;
    },
    t: (m) => m.push(m.marked()),
    l: (m) => m.push(m.marked()),
    d: (m) => {
      const pairs = m.marked();
      m.push(new Map());
      m.put(pairs);
    },
    s: (m) => {
      const value = m.pop();
      m.put([m.pop(), value]);
    },
    u: (m) => m.put(m.marked()),
    a: (m) => m.append([m.pop()]),
    e: (m) => m.append(m.marked()),
    q: (m) => m.memoize(m.number(1)),
    r: (m) => m.memoize(m.number(4)),
    p: (m) => m.memoize(Number(m.line())),
    h: (m) => m.recall(m.number(1)),
    j: (m) => m.recall(m.number(4)),
    g: (m) => m.recall(Number(m.line())),
    '0': (m) => void m.pop(),
    '1': (m) => void m.marked(),
    '2': (m) => m.push(m.top()),
  }),
  [0x81, (m) => m.make()],
  [
    0x92,
    (m) => {
      m.pop();
      m.make();
    },
  ],
  [0x85, (m) => m.push([m.pop()])],
  [
    0x86,
    (m) => {
      const second = m.pop();
      m.push([m.pop(), second]);
    },
  ],
  [
    0x87,
    (m) => {
      const third = m.pop();
      const second = m.pop();
      m.push([m.pop(), second, third]);
    },
  ],
  [0x88, (m) => m.push(true)],
  [0x89, (m) => m.push(false)],
  [0x8a, (m) => m.push(long(m.take(m.number(1))))],
  [0x8b, (m) => m.push(long(m.take(m.number(4))))],
  [0x8c, (m) => m.push(m.words(m.number(1)))],
  [0x8d, (m) => m.push(m.words(m.number(8)))],
  [0x8e, (m) => m.push(m.take(m.number(8)))],
  [0x8f, (m) => m.push([])],
  [0x90, (m) => m.append(m.marked())],
  [0x91, (m) => m.push(m.marked())],
  [
    0x93,
    (m) => {
      const name = m.pop();
      m.push(named(`${String(m.pop())} ${String(name)}`));
    },
  ],
  [0x94, (m) => m.memoize()],
]);

function letters(table: Readonly<Record<string, (machine: Machine) => void>>) {
  return Object.entries(table).map(([letter, run]) => [letter.charCodeAt(0), run] as const);
}

/** A little-endian integer in two's complement. */
function long(bytes: Uint8Array): number {
  let value = 0n;
  for (let i = bytes.length - 1; i >= 0; i--) value = (value << 8n) | BigInt(bytes[i] as number);
  return Number(BigInt.asIntN(8 * bytes.length, value));
}
