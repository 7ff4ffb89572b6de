// The arrays of a PyTorch checkpoint or a safetensors file, by name and shape. Of a file of gigabytes only its directory and
// its names are read, never the numbers.
//
//   .pt .pth .bin     a zip with data.pkl, or the older row of pickles: a state_dict, perhaps within other dictionaries
//   .safetensors      8 bytes of length, then JSON: { "conv.weight": { "dtype", "shape", "data_offsets" } }

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { fromFd } from 'yauzl';
import { say, type Text } from '../../src/words/index.ts';
import { Failure, UNREADABLE } from '../failure.ts';
import { unreadable } from '../subject.ts';
import { isMade, type Pickled, unpickled } from './pickle.ts';

/** One array of a checkpoint. */
export interface NamedArray {
  readonly name: string;
  readonly shape: readonly number[];
}

const LARGEST_INDEX = 100_000_000;
const DEEPEST = 16;

/** The arrays of a file, in its order. @throws Failure 3 for a file that is none of these */
export async function arraysOf(path: string): Promise<readonly NamedArray[]> {
  const file = opened(path);
  try {
    if (path.endsWith('.safetensors')) return safetensors(file, path);
    const zipped = part(file, 0, 4).join() === '80,75,3,4';
    const value = zipped ? unpickled(await pickleOf(path)).value : olderCheckpoint(file, path);
    const found = [...tensors(value)];
    if (found.length === 0) throw new Failure(UNREADABLE, say`${path} holds no arrays that padwise can name`);
    return found;
  } finally {
    closeSync(file);
  }
}

function opened(path: string): number {
  try {
    const file = openSync(path, 'r');
    if (!fstatSync(file).isDirectory()) return file;
    closeSync(file);
    throw Object.assign(new Error(), { code: 'EISDIR' });
  } catch (error) {
    throw unreadable(path, error);
  }
}

function part(file: number, from: number, count: number): Uint8Array {
  const bytes = new Uint8Array(count);
  return bytes.subarray(0, readSync(file, bytes, 0, count, from));
}

function safetensors(file: number, path: string): NamedArray[] {
  const head = part(file, 0, 8);
  const length = head.length < 8 ? 0 : Number(new DataView(head.buffer).getBigUint64(0, true));
  if (length < 2 || length > Math.min(LARGEST_INDEX, fstatSync(file).size - 8))
    throw new Failure(
      UNREADABLE,
      say`${path} is no safetensors file: its header would be ${length} bytes long`,
    );
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder().decode(part(file, 8, length)));
  } catch {
    throw new Failure(UNREADABLE, say`${path} is no safetensors file: its header is no JSON`);
  }
  return Object.entries(header as Record<string, { shape?: unknown }>).flatMap(([name, entry]) => {
    const shape = entry?.shape;
    const sizes = Array.isArray(shape) && shape.every((size) => Number.isSafeInteger(size) && size >= 0);
    return name !== '__metadata__' && sizes ? [{ name, shape: shape as number[] }] : [];
  });
}

/** The bytes of data.pkl in a zip. */
function pickleOf(path: string): Promise<Uint8Array> {
  return new Promise((done, failed) => {
    const wrong = (what: Text) => failed(new Failure(UNREADABLE, say`${path} is no checkpoint: ${what}`));
    fromFd(opened(path), { lazyEntries: true }, (error, zip) => {
      if (error !== null) return wrong('its zip directory is damaged');
      zip.on('error', () => wrong('its zip directory is damaged'));
      zip.on('end', () => wrong('it has no data.pkl'));
      zip.on('entry', (entry) => {
        if (!/(^|\/)data\.pkl$/.test(entry.fileName)) return zip.readEntry();
        if (entry.uncompressedSize > LARGEST_INDEX)
          return wrong(say`data.pkl is ${entry.uncompressedSize} bytes long`);
        zip.openReadStream(entry, (problem, stream) => {
          if (problem !== null) return wrong('data.pkl cannot be read');
          const chunks: Uint8Array[] = [];
          stream.on('data', (chunk: Uint8Array) => void chunks.push(chunk));
          stream.on('error', () => wrong('data.pkl cannot be read'));
          stream.on('end', () => {
            zip.close();
            done(Buffer.concat(chunks));
          });
        });
      });
      zip.readEntry();
    });
  });
}

/** Before PyTorch 1.6: a magic number, a version and the machine's facts, each a pickle, then the object. */
function olderCheckpoint(file: number, path: string): Pickled {
  const bytes = part(file, 0, Math.min(fstatSync(file).size, LARGEST_INDEX));
  if (bytes[0] !== 0x80)
    throw new Failure(UNREADABLE, say`${path} is no checkpoint: it is neither a zip nor a pickle`);
  let at = 0;
  let found: Pickled = null;
  for (let i = 0; i < 4 && bytes[at] === 0x80; i++) ({ value: found, end: at } = unpickled(bytes, at));
  return found;
}

/** Tensors of a value, wherever dictionaries and objects hold them; a name is the path to it. */
function* tensors(value: Pickled, name: string = '', depth: number = 0): Generator<NamedArray> {
  if (depth > DEEPEST) return;
  if (isMade(value)) {
    if (/^torch\._utils _rebuild_tensor/.test(value.made)) {
      const shape = Array.isArray(value.of) ? value.of[2] : null;
      if (Array.isArray(shape) && shape.every((size) => typeof size === 'number'))
        yield { name, shape: shape as number[] };
      return;
    }
    if (/ _rebuild_parameter/.test(value.made) && Array.isArray(value.of))
      yield* tensors(value.of[0] as Pickled, name, depth + 1);
    if (value.state instanceof Map) yield* moduleTensors(value.state, name, depth);
    yield* tensors(value.items, name, depth + 1);
  } else if (value instanceof Map) {
    for (const [key, held] of value)
      if (typeof key === 'string') yield* tensors(held, name === '' ? key : `${name}.${key}`, depth + 1);
  }
}

/** A saved module keeps its parameters, buffers and children in dictionaries of their own. */
function* moduleTensors(state: Map<Pickled, Pickled>, name: string, depth: number): Generator<NamedArray> {
  for (const kind of ['_parameters', '_buffers', '_modules'])
    yield* tensors(state.get(kind) ?? null, name, depth + 1);
}
