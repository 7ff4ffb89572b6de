// How often each element is used, counted while the window moves: a row of the padded input, the window over it, and under
// every element the number of windows that have read it so far. The last step is the whole count.
//
//   . 0 1 2 3 4 5 6 7 .        the window at its third place
//       [     ]
//     1 2 3 2 1 0 0 0          read so far

import { type Box, CELL, type Figure, type Label, type Mark } from 'padwise/draw';
import { type Axis, extent, geometry, out, print, start, utilisation } from 'padwise/geometry';
import { say, type Text } from 'padwise/words';

/** How often the elements were read by the windows 0 to `last`; the windows must read the input itself. */
export function readUntil(of: Axis, last: number): number[] {
  const counts = Array.from({ length: of.size }, () => 0);
  for (let o = 0; o <= Math.min(last, out(of) - 1); o++) {
    for (let tap = 0; tap < of.kernel; tap++) {
      const at = start(of, o) + tap * of.dilation;
      if (at >= 0 && at < of.size) counts[at] = (counts[at] as number) + 1;
    }
  }
  return counts;
}

/** The figure of one axis of at most some dozens of elements. */
export function countingFigure(of: Axis): Figure {
  const windows = out(of);
  const most = Math.max(1, ...utilisation(of));
  const [row, below] = [34, 34 + CELL + 34];
  const x = (position: number) => (position + of.before) * CELL;
  const positions = of.size + of.before + of.after;
  const word = (text: Text, y: number): Label => ({
    kind: 'label',
    x: x(0),
    y,
    text,
    anchor: 'start',
    ink: 'soft',
    size: 12,
  });
  const marks: Mark[] = [
    word(say`the input, element by element`, row - 16),
    ...Array.from({ length: positions }, (_, i): Box => {
      const at = i - of.before;
      const padded = at < 0 || at >= of.size;
      return padded
        ? { kind: 'box', x: x(at), y: row, width: CELL, height: CELL, paint: 'pad', dashed: true, text: '0' }
        : { kind: 'box', x: x(at), y: row, width: CELL, height: CELL, paint: 'input', text: String(at) };
    }),
  ];
  const frame = (index: number) => {
    const counts = readUntil(of, index);
    const from = windows === 0 ? 0 : start(of, index);
    const moving: Mark[] = [
      ...counts.map(
        (count, at): Box => ({
          kind: 'box',
          x: x(at),
          y: below,
          width: CELL,
          height: CELL,
          paint: count === 0 ? 'unread' : { heat: count / Math.max(3, most) },
          hatched: count === 0,
          text: String(count),
          bold: true,
          place: { grid: 'count', index: [at] },
        }),
      ),
      word(
        index >= windows - 1 ? say`windows that read it` : say`windows that have read it so far`,
        below + CELL + 16,
      ),
    ];
    if (windows > 0) {
      for (let tap = 0; tap < of.kernel; tap++) {
        const at = from + tap * of.dilation;
        const inside = at >= 0 && at < of.size;
        moving.push({
          kind: 'box',
          x: x(at),
          y: row,
          width: CELL,
          height: CELL,
          paint: 'window',
          dashed: !inside,
          bold: true,
          text: inside ? String(at) : '0',
        });
      }
      moving.push({
        kind: 'box',
        x: x(from) - 1,
        y: row - 1,
        width: extent(of) * CELL + 2,
        height: CELL + 2,
        paint: null,
        line: 'window',
        weight: 3,
        round: 3,
      });
    }
    return {
      width: Math.max(positions * CELL, x(0) + 230),
      height: below + CELL + 28,
      marks,
      moving,
      title: say`How often ${of.size} elements are read by a window of ${of.kernel}`,
      description:
        windows === 0
          ? say`No window fits.`
          : say`Window ${index} of ${windows}: read so far ${counts.join(', ')}.`,
      tables: [
        {
          caption: say`windows that have read it so far`,
          head: ['', ...counts.map((_, at) => String(at))],
          rows: [[say`window ${index}`, ...counts]],
        },
      ],
    };
  };
  return {
    frames: Math.max(1, windows),
    frame,
    source: `heat ${print(geometry({ axes: [of] }))}`,
  };
}
