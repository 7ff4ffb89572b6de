// The packing of GIF: codes for ever longer runs of indices that were seen before, each one bit wider when the codes of a
// width are used up; at 4096 codes everything is forgotten and begins anew.
//
//   0 0 0 0 1    ->   CLEAR  0  (0 0)  0  1  END       a code stands for a run, a run and the index behind it are a new code
//
// Source: Graphics Interchange Format, version 89a (CompuServe, 1990), appendix F.

const MOST_CODES = 4096;

/** Indices below 2^bits as packed codes, least significant bit first; bits is 2 to 8. */
export function lzw(indices: Uint8Array, bits: number): Uint8Array {
  const clear = 1 << bits;
  const end = clear + 1;
  /** By a run's code and the index behind it: the code of both, 0 where there is none. */
  const longer = new Uint16Array(MOST_CODES << bits);
  const out = bitWriter();
  let width = bits + 1;
  let next = end + 1;
  out.write(clear, width);
  let run = indices[0] ?? 0;
  for (let at = 1; at < indices.length; at++) {
    const index = indices[at] as number;
    const place = (run << bits) | index;
    const known = longer[place] as number;
    if (known !== 0) {
      run = known;
      continue;
    }
    out.write(run, width);
    run = index;
    if (next === MOST_CODES) {
      out.write(clear, width);
      longer.fill(0);
      width = bits + 1;
      next = end + 1;
      continue;
    }
    if (next === 1 << width) width++;
    longer[place] = next++;
  }
  if (indices.length > 0) out.write(run, width);
  if (next === 1 << width && width < 12) width++;
  out.write(end, width);
  return out.bytes();
}

interface BitWriter {
  write(value: number, width: number): void;
  /** All that was written, the last byte filled with zeros. */
  bytes(): Uint8Array;
}

function bitWriter(): BitWriter {
  let bytes = new Uint8Array(1024);
  let [length, held, count] = [0, 0, 0];
  const put = (byte: number) => {
    if (length === bytes.length) {
      const grown = new Uint8Array(2 * length);
      grown.set(bytes);
      bytes = grown;
    }
    bytes[length++] = byte;
  };
  return {
    write(value, width) {
      held |= value << count;
      count += width;
      for (; count >= 8; count -= 8, held >>>= 8) put(held & 255);
    },
    bytes() {
      if (count > 0) put(held & 255);
      [held, count] = [0, 0];
      return bytes.subarray(0, length);
    },
  };
}
