// The code of a program as people read it: the text format of WebAssembly, an instruction a line, indented as its blocks are.
// Every opcode that an emitter may use has its name here; one that has none stops the listing of its function and says so.
//
//   (func $1 (param i32 i32 i32) (local i32 i32 v128)   ;; 212 bytes
//     local.get $0
//     i32.load offset=8
//
// Source: the WebAssembly core specification 3.0, chapter 5 (binary format), which includes the relaxed SIMD instructions.

const TYPES: Readonly<Record<number, string>> = { 127: 'i32', 125: 'f32', 123: 'v128' };

/** What follows an opcode, a letter each: label, function, x local, memory, integer, float, v vector, shuffle, lane, two bytes. */
type Immediates = string;

const PLAIN: Readonly<Record<number, readonly [string, Immediates?]>> = {
  1: ['nop'],
  2: ['block', 'b'],
  3: ['loop', 'b'],
  4: ['if', 'b'],
  5: ['else'],
  11: ['end'],
  12: ['br', 'd'],
  13: ['br_if', 'd'],
  15: ['return'],
  16: ['call', 'x'],
  26: ['drop'],
  27: ['select'],
  32: ['local.get', 'x'],
  33: ['local.set', 'x'],
  34: ['local.tee', 'x'],
  40: ['i32.load', 'm'],
  42: ['f32.load', 'm'],
  43: ['f64.load', 'm'],
  54: ['i32.store', 'm'],
  56: ['f32.store', 'm'],
  57: ['f64.store', 'm'],
  65: ['i32.const', 'i'],
  67: ['f32.const', 'f'],
  ...run(69, 'i32.', 'eqz eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'),
  ...run(91, 'f32.', 'eq ne lt gt le ge'),
  ...run(103, 'i32.', 'clz ctz popcnt add sub mul div_s div_u rem_s rem_u and or xor shl shr_s shr_u'),
  ...run(139, 'f32.', 'abs neg ceil floor trunc nearest sqrt add sub mul div min max copysign'),
};

const BULK: Readonly<Record<number, readonly [string, Immediates?]>> = {
  10: ['memory.copy', 't'],
  11: ['memory.fill', 'z'],
};

const VECTOR: Readonly<Record<number, readonly [string, Immediates?]>> = {
  0: ['v128.load', 'm'],
  ...run(0x07, 'v128.load', '8_splat 16_splat 32_splat 64_splat', 'm'),
  11: ['v128.store', 'm'],
  12: ['v128.const', 'v'],
  13: ['i8x16.shuffle', 's'],
  14: ['i8x16.swizzle'],
  ...run(0x0f, '', 'i8x16.splat i16x8.splat i32x4.splat i64x2.splat f32x4.splat f64x2.splat'),
  ...run(0x1b, 'i32x4.', 'extract_lane replace_lane', 'l'),
  ...run(0x1f, 'f32x4.', 'extract_lane replace_lane', 'l'),
  ...run(0x37, 'i32x4.', 'eq ne lt_s lt_u gt_s gt_u le_s le_u ge_s ge_u'),
  ...run(0x41, 'f32x4.', 'eq ne lt gt le ge'),
  ...run(0x4d, 'v128.', 'not and andnot or xor bitselect any_true'),
  ...run(0x54, 'v128.', 'load8_lane load16_lane load32_lane load64_lane', 'ml'),
  ...run(0x58, 'v128.', 'store8_lane store16_lane store32_lane store64_lane', 'ml'),
  ...run(0x5c, 'v128.', 'load32_zero load64_zero', 'm'),
  ...run(0x5e, '', 'f32x4.demote_f64x2_zero f64x2.promote_low_f32x4'),
  ...run(0x67, 'f32x4.', 'ceil floor trunc nearest'),
  ...run(0xa0, 'i32x4.', 'abs neg'),
  ...run(0xab, 'i32x4.', 'shl shr_s shr_u add'),
  177: ['i32x4.sub'],
  ...run(0xb5, 'i32x4.', 'mul min_s min_u max_s max_u'),
  ...run(0xe0, 'f32x4.', 'abs neg'),
  ...run(0xe3, 'f32x4.', 'sqrt add sub mul div min max pmin pmax'),
  ...run(0xec, 'f64x2.', 'abs neg'),
  ...run(0xef, 'f64x2.', 'sqrt add sub mul div min max'),
  ...run(0xf8, '', 'i32x4.trunc_sat_f32x4_s i32x4.trunc_sat_f32x4_u'),
  ...run(0xfa, '', 'f32x4.convert_i32x4_s f32x4.convert_i32x4_u'),
  ...run(0x101, 'i32x4.relaxed_trunc_', 'f32x4_s f32x4_u'),
  ...run(0x105, 'f32x4.relaxed_', 'madd nmadd'),
  ...run(0x10d, 'f32x4.relaxed_', 'min max'),
};

/** Neighbouring opcodes by their names. */
function run(first: number, before: string, names: string, immediates?: Immediates) {
  return Object.fromEntries(
    names
      .split(' ')
      .map((name, i): [number, readonly [string, Immediates?]] => [
        first + i,
        immediates === undefined ? [before + name] : [before + name, immediates],
      ]),
  );
}

/** The text of a module that the assembler made. */
export function listing(module: Uint8Array): string {
  const reader = readerOf(module, 8);
  const signatures: string[][] = [];
  const kinds: number[] = [];
  const lines: string[] = [];
  while (reader.at() < module.length) {
    const id = reader.byte();
    const size = reader.number();
    const end = reader.at() + size;
    const count = id === 0 ? 0 : reader.number();
    for (let i = 0; i < count; i++) {
      if (id === 1) {
        reader.skip(1);
        signatures.push(types(reader));
        reader.skip(1);
      } else if (id === 3) kinds.push(reader.number());
      else if (id === 7) {
        const name = reader.text();
        reader.skip(1);
        lines.push(`(export "${name}" (func $${reader.number()}))`);
      } else if (id === 10) lines.push(body(i, signatures[kinds[i] ?? -1] ?? [], reader));
    }
    reader.move(end);
  }
  return lines.join('\n');
}

type Reader = ReturnType<typeof readerOf>;

function types(reader: Reader): string[] {
  return Array.from({ length: reader.number() }, () => TYPES[reader.byte()] ?? '?');
}

function body(index: number, parameters: readonly string[], reader: Reader): string {
  const size = reader.number();
  const end = reader.at() + size;
  const locals = Array.from({ length: reader.number() }, () => {
    const count = reader.number();
    const type = TYPES[reader.byte()] ?? '?';
    return Array.from({ length: count }, () => type);
  }).flat();
  const declared = [
    `(param ${parameters.join(' ')})`,
    ...(locals.length === 0 ? [] : [`(local ${locals.join(' ')})`]),
  ];
  const lines = [`(func $${index} ${declared.join(' ')}   ;; ${size} bytes`];
  let depth = 1;
  while (reader.at() < end - 1) {
    const code = reader.byte();
    const found =
      code === 0xfd ? VECTOR[reader.number()] : code === 0xfc ? BULK[reader.number()] : PLAIN[code];
    if (found === undefined) {
      lines.push(`  ;; an instruction that has no name here: ${code.toString(16)}, at ${reader.at()}`);
      break;
    }
    const [name, immediates = ''] = found;
    if (name === 'end' || name === 'else') depth--;
    const read = [...immediates].map((one) => immediate(one, reader)).filter((one) => one !== '');
    lines.push(`${'  '.repeat(depth)}${[name, ...read].join(' ')}`);
    if (immediates === 'b' || name === 'else') depth++;
  }
  reader.move(end);
  return `${lines.join('\n')})`;
}

function immediate(kind: string, reader: Reader): string {
  switch (kind) {
    case 'b':
      reader.skip(1);
      return '';
    case 'x':
      return `$${reader.number()}`;
    case 'd':
    case 'l':
      return `${reader.number()}`;
    case 'm': {
      reader.number();
      const offset = reader.number();
      return offset === 0 ? '' : `offset=${offset}`;
    }
    case 'i':
      return `${reader.signed()}`;
    case 'f':
      return `${reader.floats(1)[0]}`;
    case 'v':
      return `f32x4 ${reader.floats(4).join(' ')}`;
    case 's':
      return Array.from({ length: 16 }, () => reader.byte()).join(' ');
    default:
      reader.skip(kind === 't' ? 2 : 1);
      return '';
  }
}

function readerOf(bytes: Uint8Array, from: number) {
  let at = from;
  const byte = () => bytes[at++] ?? 0;
  const leb = (): { value: number; bits: number; last: number } => {
    let [value, bits, last] = [0, 0, 0x80];
    for (; last >= 0x80; bits += 7) {
      last = byte();
      value += (last & 0x7f) * 2 ** bits;
    }
    return { value, bits, last };
  };
  return {
    at: () => at,
    byte,
    number: () => leb().value,
    signed() {
      const { value, bits, last } = leb();
      return last & 0x40 ? value - 2 ** bits : value;
    },
    skip(count: number) {
      at += count;
    },
    move(to: number) {
      at = to;
    },
    text() {
      const length = leb().value;
      at += length;
      return new TextDecoder().decode(bytes.slice(at - length, at));
    },
    floats(count: number): number[] {
      at += count * 4;
      return [...new Float32Array(bytes.slice(at - count * 4, at).buffer)];
    },
  };
}
