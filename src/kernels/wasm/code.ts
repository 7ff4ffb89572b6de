// WebAssembly instructions as values. An instruction with its operands is Code: bytes, nested as the expressions are, so that
// an emitter reads like the formula it computes and a macro is a function.
//
//   store(out, 16, multiplyAdd(splat(a, 4), load(b, 0), sum))          v128 memory[out + 16] = memory[a + 4] * b + sum
//
// Source: the WebAssembly core specification 3.0, chapter 5 (binary format), which includes the relaxed SIMD instructions.

/** Bytes of code; nested lists are read in order. */
export type Code = readonly (number | Code)[];

/** What a variable holds. */
export type ValueType = 'i32' | 'f32' | 'v128';

/** A parameter or variable of the function that declared it. */
export interface Local {
  readonly index: number;
  readonly type: ValueType;
  /** The instruction that gives its value. */
  readonly value: Code;
}

/** The local of this number. */
export function local(index: number, type: ValueType): Local {
  return { index, type, value: [0x20, unsigned(index)] };
}

/** An unsigned LEB128 number: one byte, or several. */
export function unsigned(value: number): number | Code {
  if (value < 128) return value;
  const bytes: number[] = [];
  let rest = value;
  while (rest > 127) {
    bytes.push((rest % 128) | 128);
    rest = Math.floor(rest / 128);
  }
  bytes.push(rest);
  return bytes;
}

/** A signed LEB128 number of at most 32 bits. */
function signed(value: number): number[] {
  const bytes: number[] = [];
  let rest = value | 0;
  while (rest < -64 || rest > 63) {
    bytes.push((rest & 127) | 128);
    rest >>= 7;
  }
  bytes.push(rest & 127);
  return bytes;
}

/** The value of a local. */
export function get(local: Local): Code {
  return local.value;
}

/** local = value */
export function set(local: Local, value: Code): Code {
  return [value, 0x21, unsigned(local.index)];
}

/** Sets the local and gives the value. */
export function tee(local: Local, value: Code): Code {
  return [value, 0x22, unsigned(local.index)];
}

/** local += value */
export function advance(local: Local, value: Code | number): Code {
  if (value === 0) return [];
  return set(local, add(get(local), typeof value === 'number' ? i32(value) : value));
}

/** A 32-bit integer. */
export function i32(value: number): Code {
  return [0x41, signed(value)];
}

/** A float. */
export function f32(value: number): Code {
  return [0x43, [...new Uint8Array(Float32Array.of(value).buffer)]];
}

/** The same number in all four lanes. */
export function f32x4(value: number): Code {
  const bytes = [...new Uint8Array(Float32Array.of(value).buffer)];
  return [CONSTANT, bytes, bytes, bytes, bytes];
}

/** Four different numbers. */
export function f32x4Of(values: readonly number[]): Code {
  return [CONSTANT, [...new Uint8Array(Float32Array.from(values).buffer)]];
}

/** Four whole numbers. */
export function i32x4Of(values: readonly number[]): Code {
  return [CONSTANT, [...new Uint8Array(Int32Array.from(values).buffer)]];
}

type Binary = (a: Code, b: Code) => Code;
type Unary = (a: Code) => Code;

const binary =
  (opcode: number): Binary =>
  (a, b) => [a, b, opcode];

/** a == b */
export const equal: Binary = binary(0x46);
/** a < b, as signed integers */
export const lessSigned: Binary = binary(0x48);
/** a >= b, as signed integers */
export const greaterOrEqual: Binary = binary(0x4e);
/** a + b, wrapping */
export const add: Binary = binary(0x6a);
/** a - b, wrapping */
export const subtract: Binary = binary(0x6b);
/** a * b, wrapping */
export const multiply: Binary = binary(0x6c);
/** a / b, as unsigned integers */
export const divideUnsigned: Binary = binary(0x6e);
/** a % b, as unsigned integers */
export const remainderUnsigned: Binary = binary(0x70);
/** a & b */
export const and: Binary = binary(0x71);
/** a | b */
export const or: Binary = binary(0x72);
/** a << b */
export const shiftLeft: Binary = binary(0x74);

/** a == 0 */
export function isZero(a: Code): Code {
  return [a, 0x45];
}

/** condition ? a : b; both are evaluated, before the condition. */
export function select(condition: Code, a: Code, b: Code): Code {
  return [a, b, condition, 0x1b];
}

/** Scalar memory. */
export function loadI32(address: Code, offset: number = 0): Code {
  return [address, 0x28, 2, unsigned(offset)];
}

/** The float at an address. */
export function loadF32(address: Code, offset: number = 0): Code {
  return [address, 0x2a, 2, unsigned(offset)];
}

/** Stores an integer. */
export function storeI32(address: Code, offset: number, value: Code): Code {
  return [address, value, 0x36, 2, unsigned(offset)];
}

/** Stores a float. */
export function storeF32(address: Code, offset: number, value: Code): Code {
  return [address, value, 0x38, 2, unsigned(offset)];
}

/** memory.fill with one byte */
export function fill(to: Code, byte: Code, bytes: Code): Code {
  return [to, byte, bytes, 0xfc, 11, 0];
}

// ---- control

/** Runs the body while its last value, an i32, is not zero; at least once. */
export function loop(body: Code, again: Code): Code {
  return [0x03, 0x40, body, again, 0x0d, 0, 0x0b];
}

/** The body `times` times, counting `counter` down to zero; at least once. */
export function repeat(counter: Local, times: Code | number, body: Code): Code {
  return [
    set(counter, typeof times === 'number' ? i32(times) : times),
    loop(body, tee(counter, subtract(get(counter), i32(1)))),
  ];
}

/** counter = from; while (counter < to) { body; counter += step } */
export function countUp(counter: Local, from: Code, to: Code, step: number, body: Code): Code {
  return [
    set(counter, from),
    when(lessSigned(get(counter), to), loop([body, advance(counter, step)], lessSigned(get(counter), to))),
  ];
}

/** if (condition) then else otherwise */
export function when(condition: Code, then: Code, otherwise?: Code): Code {
  return otherwise === undefined
    ? [condition, 0x04, 0x40, then, 0x0b]
    : [condition, 0x04, 0x40, then, 0x05, otherwise, 0x0b];
}

/** Calls a function defined before. */
export function call(target: number, ...args: readonly Code[]): Code {
  return [args, 0x10, unsigned(target)];
}

// ---- vectors of four floats

/** The bytes that name a vector instruction. */
function name(opcode: number, ...immediates: readonly number[]): Code {
  return opcode < 128
    ? [0xfd, opcode, ...immediates]
    : [0xfd, (opcode % 128) | 128, opcode >> 7, ...immediates];
}

function vectorBinary(opcode: number): Binary {
  const instruction = name(opcode);
  return (a, b) => [a, b, instruction];
}
function vectorUnary(opcode: number): Unary {
  const instruction = name(opcode);
  return (a) => [a, instruction];
}

// Alignment, where an instruction has it, is always stated as 2^2 bytes.
const LOAD = name(0x00, 2);
const LOAD_SPLAT = name(0x09, 2);
const LOAD_ONE = name(0x5c, 2);
const LOAD_TWO = name(0x5d, 2);
const LOAD_LANE = name(0x56, 2);
const STORE = name(0x0b, 2);
const STORE_LANE = name(0x5a, 2);
const STORE_TWO = name(0x5b, 2);
const CONSTANT = name(0x0c);
const SHUFFLE = name(0x0d);
const CHOOSE = name(0x52);
const ANY_BIT = name(0x53);
const SHIFT_LEFT = name(0xab);
const FUSED = name(0x105);

/** Four floats from anywhere; no alignment is assumed. */
export function load(address: Code, offset: number = 0): Code {
  return [address, LOAD, unsigned(offset)];
}

/** One float in all four lanes. */
export function loadSplat(address: Code, offset: number = 0): Code {
  return [address, LOAD_SPLAT, unsigned(offset)];
}

/** One float and three zeros; two and two. */
export function loadOne(address: Code, offset: number = 0): Code {
  return [address, LOAD_ONE, unsigned(offset)];
}
/** Two floats and two zeros. */
function loadTwo(address: Code, offset: number = 0): Code {
  return [address, LOAD_TWO, unsigned(offset)];
}

/** The vector with one lane from memory. */
export function loadLane(vector: Code, lane: number, address: Code, offset: number = 0): Code {
  return [address, vector, LOAD_LANE, unsigned(offset), lane];
}

/** Stores all four lanes. */
export function store(address: Code, offset: number, value: Code): Code {
  return [address, value, STORE, unsigned(offset)];
}

/** Stores one lane. */
export function storeLane(address: Code, offset: number, value: Code, lane: number): Code {
  return [address, value, STORE_LANE, unsigned(offset), lane];
}

/** Lanes 0 and 1. */
export function storeTwo(address: Code, offset: number, value: Code): Code {
  return [address, value, STORE_TWO, unsigned(offset), 0];
}

/** The first `lanes` floats, 1 to 4. `value` is evaluated once, so it is a local's for 3. */
export function storeFirst(lanes: number, address: Code, offset: number, value: Code): Code {
  if (lanes >= 4) return store(address, offset, value);
  if (lanes === 3) return [storeTwo(address, offset, value), storeLane(address, offset + 8, value, 2)];
  return lanes === 2 ? storeTwo(address, offset, value) : storeLane(address, offset, value, 0);
}

/** The first `lanes` floats, 1 to 4, the rest zero. */
export function loadFirst(lanes: number, address: Code, offset: number = 0): Code {
  if (lanes >= 4) return load(address, offset);
  if (lanes === 3) return loadLane(loadTwo(address, offset), 2, address, offset + 8);
  return lanes === 2 ? loadTwo(address, offset) : loadOne(address, offset);
}

/** Lanes 0-3 are a's, 4-7 are b's. */
export function shuffle(a: Code, b: Code, lanes: readonly number[]): Code {
  return [a, b, SHUFFLE, lanes.flatMap((lane) => [0, 1, 2, 3].map((byte) => lane * 4 + byte))];
}

/** An integer in all four lanes. */
export const splatI32: Unary = vectorUnary(0x11);
/** All bits where a != b. */
export const unequal: Binary = vectorBinary(0x42);
/** All bits where a < b. */
export const less: Binary = vectorBinary(0x43);
/** All bits where a > b. */
export const greater: Binary = vectorBinary(0x44);
/** a & b */
export const bitwiseAnd: Binary = vectorBinary(0x4e);
/** a | b */
export const bitwiseOr: Binary = vectorBinary(0x50);
/** mask ? a : b, bit by bit */
export function choose(mask: Code, a: Code, b: Code): Code {
  return [a, b, mask, CHOOSE];
}
/** Rounded to the nearest integer, ties to even. */
export const nearest: Unary = vectorUnary(0x6a);
/** |a| */
export const absolute: Unary = vectorUnary(0xe0);
/** -a */
export const negative: Unary = vectorUnary(0xe1);
/** a + b */
export const plus: Binary = vectorBinary(0xe4);
/** a - b */
export const minus: Binary = vectorBinary(0xe5);
/** a * b */
export const times: Binary = vectorBinary(0xe6);
/** a / b */
export const divided: Binary = vectorBinary(0xe7);
/** NaN wins. */
export const smallest: Binary = vectorBinary(0xe8);
/** The larger of a and b; NaN wins. */
export const largest: Binary = vectorBinary(0xe9);
/** a < b ? b : a */
export const higher: Binary = vectorBinary(0xeb);
/** Whether any bit is set, as an i32. */
export function anyBit(vector: Code): Code {
  return [vector, ANY_BIT];
}
/** Floats as integers, towards zero. */
export const toIntegers: Unary = vectorUnary(0xf8);
/** Integers as floats. */
export const toFloats: Unary = vectorUnary(0xfa);
/** a + b of integers */
export const plusIntegers: Binary = vectorBinary(0xae);
/** Every lane shifted left. */
export function shiftLeftLanes(vector: Code, bits: number): Code {
  return [vector, i32(bits), SHIFT_LEFT];
}

// ---- vectors of two doubles

/** The same number in both lanes. */
export function f64x2(value: number): Code {
  const bytes = [...new Uint8Array(Float64Array.of(value).buffer)];
  return [CONSTANT, bytes, bytes];
}

/** a + b */
export const plusDoubles: Binary = vectorBinary(0xf0);
/** a - b */
export const minusDoubles: Binary = vectorBinary(0xf1);
/** a * b */
export const timesDoubles: Binary = vectorBinary(0xf2);
/** The first two floats as doubles. */
export const toDoubles: Unary = vectorUnary(0x5f);
/** Two doubles as the first two floats, the rest zero. */
export const fromDoubles: Unary = vectorUnary(0x5e);

/** How a * b + c is computed: fused where the machine can, or rounded twice in any case. */
export type MultiplyAdd = (a: Code, b: Code, c: Code) => Code;

/** a * b + c, rounded once where the machine does so. */
export const fusedMultiplyAdd: MultiplyAdd = (a, b, c) => [a, b, c, FUSED];
/** a * b + c, rounded after each operation. */
export const strictMultiplyAdd: MultiplyAdd = (a, b, c) => plus(times(a, b), c);
