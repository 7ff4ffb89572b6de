// Diagonal lines over a box, each cut at its sides: no pattern, so no name that two figures on a page could share.
//
//   +-----+     a line is where x + y, from the box's corner, is a multiple of 7
//   |/ / /|
//   | / / |
//   +-----+

/** One line, from its lower left end to its upper right one. */
export type Segment = readonly [fromX: number, fromY: number, toX: number, toY: number];

/** The diagonals of a box, 7 units apart. */
export function diagonals(of: {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}): Segment[] {
  const { x, y, width, height } = of;
  const lines: Segment[] = [];
  for (let sum = 7; sum < width + height; sum += 7) {
    const [low, high] = [Math.max(0, sum - height), Math.min(width, sum)];
    lines.push([x + low, y + sum - low, x + high, y + sum - high]);
  }
  return lines;
}
