// Vectors of 256 bits. WebAssembly has 128; V8 has an experimental pass, the revectorizer, that joins two of them where a
// function stores pairs side by side. It is a switch of the whole process and off by default in V8, so it is switched on
// only when wanted, tried on shapes of code (wide-probes.ts), timed, and switched off again when anything is not as it should:
//
//   12 sums of 128 bits                  24 sums that can be joined to 12 of 256 bits
//   as fast as multiply-adds go          takes as long when they are joined, twice as long or more when they are not
//
// Source: V8, src/compiler/revectorizer.cc; flag --experimental-wasm-revectorize.

import { say, type Text } from '../words/index.ts';
import { machine } from './machine.ts';
import { warn } from './warning.ts';
import { webAssembly } from './webassembly.ts';
import { again, chains, INPUT_FLOATS, OUTPUT_FLOATS, SHAPE_COUNT, shapes } from './wide-probes.ts';
import { builtin } from './workers.ts';

/** auto: where it works   on: the same, and a warning where it does not   off: never */
export type WideWish = 'auto' | 'on' | 'off';

/** What became of the wish. */
export interface WideState {
  readonly wish: WideWish;
  readonly on: boolean;
  /** How many times as fast as 128 bits; null when it was not measured. */
  readonly speed: number | null;
  /** Why it is off; null when it is on. */
  readonly obstacle: Text | null;
}

const FLAG = '--experimental-wasm-revectorize';

/** The first version of Node whose V8 has the flag and keeps it safe to switch. */
const SINCE = 24;

/** Joined sums take at most so many times the time of single ones. */
const JOINED = 1.5;

/** The timing ends when it is clear, or after so many rounds of some 20 microseconds. */
const ROUNDS = 64;

const OFF: WideState = {
  wish: 'off',
  on: false,
  speed: null,
  obstacle: say`it is off unless it is asked for`,
};

let tried: WideState | undefined;
let state: WideState = OFF;

/**
 * Switches 256-bit vectors on or off, before the first kernel is compiled: code that exists stays as it is. The switch is
 * V8's and holds for the whole process, all its WebAssembly included; V8 calls it experimental. Node 24 or later on x64 only.
 */
export function widen(wish: WideWish): WideState {
  if (wish === 'off') {
    if (tried?.on) flags()?.setFlagsFromString(`--no-${FLAG.slice(2)}`);
    tried = undefined;
    state = OFF;
    return state;
  }
  tried ??= attempt();
  if (wish === 'on' && !tried.on) warn(say`256-bit vectors stay off: ${tried.obstacle as Text}`);
  state = { ...tried, wish };
  return state;
}

/** Whether code that is compiled now may count on vectors being joined. */
export function isWide(): boolean {
  return state.on;
}

/** What the last call of {@link widen} came to. */
export function wideState(): WideState {
  return state;
}

interface Flags {
  setFlagsFromString(flags: string): void;
}

function flags(): Flags | undefined {
  return builtin<Flags>('node:v8');
}

function attempt(): WideState {
  const off = (obstacle: Text, speed: number | null = null): WideState => ({
    wish: 'auto',
    on: false,
    speed,
    obstacle,
  });
  const impossible = obstacleOf();
  const switches = flags();
  if (impossible !== null || switches === undefined)
    return off(impossible ?? say`V8's flags cannot be set here`);
  const module = shapes();
  const narrow = numbersOf(module);
  const turn = (on: boolean) => switches.setFlagsFromString(on ? FLAG : `--no-${FLAG.slice(2)}`);
  // V8 joins vectors in its optimizing compiler only. Without the other one, the code is optimized before its first run.
  const optimized = <T>(make: () => T): T => {
    switches.setFlagsFromString('--no-liftoff');
    try {
      return make();
    } finally {
      switches.setFlagsFromString('--liftoff');
    }
  };
  turn(true);
  const wide = optimized(() => numbersOf(again(module)));
  const wrong = narrow.findIndex((bits, i) => bits !== wide[i]);
  if (wrong >= 0) {
    turn(false);
    const shape = Math.floor(wrong / OUTPUT_FLOATS);
    const obstacle = say`the self-test number ${shape} computed something else with them`;
    warn(say`256-bit vectors stay off: ${obstacle}`);
    return off(obstacle);
  }
  const slower = optimized(timing)();
  if (slower <= JOINED) return { wish: 'auto', on: true, speed: 2 / slower, obstacle: null };
  turn(false);
  return off(say`joined, they are no faster on this machine`, 2 / slower);
}

function obstacleOf(): Text | null {
  const { obstacle, relaxed, platform } = machine();
  if (obstacle !== null) return obstacle;
  const versions = typeof process === 'undefined' ? undefined : process.versions;
  const globals = globalThis as { Deno?: unknown; Bun?: unknown };
  const node = globals.Deno === undefined && globals.Bun === undefined ? versions?.node : undefined;
  if (node === undefined) return say`only Node can switch them on`;
  if (Number.parseInt(node, 10) < SINCE) return say`they need Node ${SINCE} or later; this is Node ${node}`;
  if (!platform.endsWith(' x64')) return say`they need a processor of the x64 family`;
  return relaxed ? null : say`they need relaxed SIMD`;
}

/** What the shapes write, as bits. */
function numbersOf(module: Uint8Array<ArrayBuffer>): Int32Array {
  const api = webAssembly() as NonNullable<ReturnType<typeof webAssembly>>;
  const memory = new api.Memory({ initial: 1, maximum: 1, shared: false });
  const bits = new Int32Array(memory.buffer);
  const input = new Float32Array(memory.buffer, 0, INPUT_FLOATS);
  input.forEach((_, i) => {
    input[i] = ((i * 7 + (i >> 3)) % 17) - 8;
  });
  bits[INPUT_FLOATS - 1] = 64;
  const { exports } = new api.Instance(new api.Module(module), { env: { memory } });
  for (let i = 0; i < SHAPE_COUNT; i++) {
    (exports[i] as (input: number, output: number) => void)(0, (INPUT_FLOATS + i * OUTPUT_FLOATS) * 4);
  }
  return bits.slice(INPUT_FLOATS, INPUT_FLOATS + SHAPE_COUNT * OUTPUT_FLOATS);
}

/** Compiles both loops; what it gives times them and says how many times as long the joined sums take. */
function timing(): () => number {
  const api = webAssembly() as NonNullable<ReturnType<typeof webAssembly>>;
  const memory = new api.Memory({ initial: 1, maximum: 1, shared: false });
  const compiled = ([count, apart]: readonly [number, number]) => {
    const { exports } = new api.Instance(new api.Module(chains(count, apart)), { env: { memory } });
    const run = exports.run as (address: number, rounds: number) => void;
    run(0, 1);
    return run;
  };
  // Single sums lie 32 bytes apart, so that these are not joined.
  const loops = (
    [
      [12, 32],
      [24, 16],
    ] as const
  ).map(compiled);
  return () => {
    const best = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round++) {
      loops.forEach((run, i) => {
        const before = performance.now();
        run(0, 4000);
        best[i] = Math.min(best[i] as number, performance.now() - before);
      });
      if (round >= 4 && (best[1] as number) < JOINED * 0.8 * (best[0] as number)) break;
    }
    return (best[1] as number) / (best[0] as number);
  };
}
