// What the keys of a figure ask for, on the page and in an embedded figure alike.
//
//   space plays     , . step     arrows move the window     Home End

/** What a key asks for: another frame, or to play and pause. */
export type Asked = { readonly frame: number } | 'play' | null;

/** What `key` asks for at a frame of a figure; `shape` is the frames along each direction, the last the fastest. */
export function askedBy(key: string, frame: number, shape: readonly number[]): Asked {
  const count = shape.reduce((product, size) => product * size, 1);
  const across = shape.at(-1) ?? 1;
  const column = frame % across;
  const to: Readonly<Record<string, number>> = {
    ',': frame - 1,
    '.': frame + 1,
    Home: 0,
    End: count - 1,
    ArrowLeft: column === 0 ? frame : frame - 1,
    ArrowRight: column === across - 1 ? frame : frame + 1,
    ArrowUp: frame < across ? frame : frame - across,
    ArrowDown: frame + across < count ? frame + across : frame,
  };
  if (key === ' ') return 'play';
  if (!Object.hasOwn(to, key)) return null;
  return { frame: Math.min(count - 1, Math.max(0, to[key] as number)) };
}
