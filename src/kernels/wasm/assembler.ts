// A WebAssembly module put together from functions. It imports one memory (env.memory) and nothing else; every function it
// exports can be called from JavaScript or from a worker that got the same bytes.
//
//   const module = assemble({ shared: true });
//   const sum = module.define(['i32', 'i32'], (f) => [...]);       its index, to call it from functions defined later
//   module.expose('run', sum);
//   new WebAssembly.Module(module.bytes())
//
// Source: the WebAssembly core specification, section 5.5 (modules).

import { type Code, type Local, local, unsigned, type ValueType } from './code.ts';

const TYPES: Readonly<Record<ValueType, number>> = { i32: 0x7f, f32: 0x7d, v128: 0x7b };

/** The most pages of 64 KiB a memory of 32-bit addresses has. */
export const MOST_PAGES = 65536;

/** Declares the variables of the function being defined. */
export interface Frame {
  readonly parameters: readonly Local[];
  local(type: ValueType): Local;
}

/** A module in the making. */
export interface Assembly {
  /** Defines a function without results; gives its index. */
  define(parameters: readonly ValueType[], body: (frame: Frame) => Code): number;
  /** Makes a function callable from outside. */
  expose(name: string, index: number): void;
  bytes(): Uint8Array<ArrayBuffer>;
}

/** A new module over a memory that is shared between threads or not. */
export function assemble(memory: { readonly shared: boolean }): Assembly {
  const signatures: ValueType[][] = [];
  const functions: { readonly signature: number; readonly body: Code }[] = [];
  const exported: { readonly name: string; readonly index: number }[] = [];

  const signatureOf = (parameters: readonly ValueType[]) => {
    const found = signatures.findIndex((known) => known.join() === parameters.join());
    return found >= 0 ? found : signatures.push([...parameters]) - 1;
  };

  return {
    define(parameters, body) {
      const locals: ValueType[] = [...parameters];
      const frame: Frame = {
        parameters: parameters.map((type, index) => local(index, type)),
        local: (type) => local(locals.push(type) - 1, type),
      };
      const code = body(frame);
      const own = locals.slice(parameters.length).map((type) => [1, TYPES[type]]);
      return functions.push({ signature: signatureOf(parameters), body: [vector(own), code, 0x0b] }) - 1;
    },
    expose(name, index) {
      exported.push({ name, index });
    },
    bytes() {
      const limits = memory.shared ? [3, 1, unsigned(MOST_PAGES)] : [0, 1];
      const writer = createWriter();
      writer.write([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
      const section = (id: number, items: readonly Code[]) =>
        writer.sized([id], () => writer.write(vector(items)));
      section(
        1,
        signatures.map((one) => [0x60, vector(one.map((type) => [TYPES[type]])), 0]),
      );
      section(2, [[name('env'), name('memory'), 2, limits]]);
      section(
        3,
        functions.map((one) => [unsigned(one.signature)]),
      );
      section(
        7,
        exported.map((one) => [name(one.name), 0, unsigned(one.index)]),
      );
      writer.sized([10], () => {
        writer.write([unsigned(functions.length)]);
        for (const { body } of functions) writer.sized([], () => writer.write(body));
      });
      return writer.bytes();
    },
  };
}

function vector(items: readonly Code[]): Code {
  return [unsigned(items.length), items];
}

function name(text: string): Code {
  const bytes = [...new TextEncoder().encode(text)];
  return [unsigned(bytes.length), bytes];
}

/** A size that is known only after what it measures: LEB128 filled up with empty continuations. */
const EMPTY_SIZE: Code = [0, 0, 0, 0, 0];

/** Writes code into a growing array. What does not fit is lost, but counted, so it is written again into a larger one. */
function createWriter() {
  let bytes = new Uint8Array(2 ** 15);
  let end = 0;
  const visit = (code: Code): void => {
    for (let i = 0; i < code.length; i++) {
      const item = code[i] as number | Code;
      if (typeof item === 'number') bytes[end++] = item;
      else visit(item);
    }
  };
  const write = (code: Code): void => {
    const start = end;
    visit(code);
    if (end <= bytes.length) return;
    const larger = new Uint8Array(2 * end);
    larger.set(bytes.subarray(0, start));
    bytes = larger;
    end = start;
    visit(code);
  };
  return {
    write,
    /** The head, then what `content` writes, with its size before it. */
    sized(head: Code, content: () => void): void {
      write([head, EMPTY_SIZE]);
      const start = end;
      content();
      let rest = end - start;
      for (let i = EMPTY_SIZE.length; i > 0; i--) {
        bytes[start - i] = (rest & 127) | (i > 1 ? 128 : 0);
        rest >>>= 7;
      }
    },
    bytes: (): Uint8Array<ArrayBuffer> => bytes.slice(0, end),
  };
}
