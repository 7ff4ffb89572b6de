// At most 256 colours for a picture: its own where they suffice. Where they do not, half of the places go to the colours
// that cover most, exactly, because they are a figure's flat fills; the shades at the edges of its letters share the rest
// by median cut: the group that spreads widest is halved where half of its pixels lie to either side.
//
// Source: P. Heckbert, Color image quantization for frame buffer display, SIGGRAPH 1982.

/** How many pixels have a colour, by 0xrrggbb. */
export type Tally = Map<number, number>;

type Counted = readonly [colour: number, pixels: number];

/** Counts the colours of pixels of four bytes, their opacity left out, into a tally. */
export function tally(pixels: Uint8Array, into: Tally = new Map()): Tally {
  let run = 0;
  let last = colourAt(pixels, 0);
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = colourAt(pixels, at);
    if (colour !== last) {
      into.set(last, (into.get(last) ?? 0) + run);
      [last, run] = [colour, 0];
    }
    run++;
  }
  if (run > 0) into.set(last, (into.get(last) ?? 0) + run);
  return into;
}

/** At most `most` colours that stand for all of a tally: exactly these where they are no more, else near ones. */
export function paletteOf(counted: Tally, most: number): number[] {
  const order = [...counted].sort(([one, ones], [other, others]) => others - ones || one - other);
  if (order.length <= most) return order.map(([colour]) => colour);
  const exact = order.slice(0, most >> 1).map(([colour]) => colour);
  return [...new Set([...exact, ...medianCut(order.slice(most >> 1), most - exact.length)])];
}

/** The place of each pixel's colour in a palette, or of the nearest one there. */
export function indexed(pixels: Uint8Array, palette: readonly number[]): Uint8Array {
  const places = new Map(palette.map((colour, index) => [colour, index]));
  const indices = new Uint8Array(pixels.length / 4);
  let last = -1;
  let place = 0;
  for (let at = 0; at < pixels.length; at += 4) {
    const colour = colourAt(pixels, at);
    if (colour !== last) {
      place = places.get(colour) ?? nearest(palette, colour);
      places.set(colour, place);
      last = colour;
    }
    indices[at >> 2] = place;
  }
  return indices;
}

function colourAt(pixels: Uint8Array, at: number): number {
  return ((pixels[at] as number) << 16) | ((pixels[at + 1] as number) << 8) | (pixels[at + 2] as number);
}

/** Red, green or blue of a colour. */
function channel(colour: number, index: number): number {
  return (colour >> (16 - 8 * index)) & 255;
}

/** Green counts most, as it does to the eye. */
const WEIGHTS = [2, 4, 3] as const;

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [index, other] of palette.entries()) {
    const distance = WEIGHTS.reduce<number>(
      (sum, weight, i) => sum + weight * (channel(colour, i) - channel(other, i)) ** 2,
      0,
    );
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function medianCut(colours: readonly Counted[], most: number): number[] {
  const groups = [spreading(colours)];
  while (groups.length < most) {
    const widest = groups.reduce((one, other) => (other.spread > one.spread ? other : one));
    if (widest.spread === 0) break;
    groups.splice(groups.indexOf(widest), 1, ...halves(widest).map(spreading));
  }
  return groups.map(({ colours: group }) => mean(group));
}

/** Colours with the channel in which they spread widest. */
interface Group {
  readonly colours: readonly Counted[];
  readonly channel: number;
  readonly spread: number;
}

function spreading(colours: readonly Counted[]): Group {
  const spreads = WEIGHTS.map((weight, i) => {
    let [low, high] = [255, 0];
    for (const [colour] of colours) {
      low = Math.min(low, channel(colour, i));
      high = Math.max(high, channel(colour, i));
    }
    return weight * (high - low);
  });
  const spread = Math.max(...spreads);
  return { colours, channel: spreads.indexOf(spread), spread };
}

function halves({ colours, channel: along }: Group): [readonly Counted[], readonly Counted[]] {
  const order = [...colours].sort(
    ([one], [other]) => channel(one, along) - channel(other, along) || one - other,
  );
  const half = order.reduce((sum, [, pixels]) => sum + pixels, 0) / 2;
  let [at, passed] = [0, 0];
  while (at < order.length - 1 && passed < half) passed += (order[at++] as Counted)[1];
  return [order.slice(0, at), order.slice(at)];
}

function mean(colours: readonly Counted[]): number {
  const total = colours.reduce((sum, [, pixels]) => sum + pixels, 0);
  const part = (index: number) =>
    Math.round(colours.reduce((sum, [colour, pixels]) => sum + channel(colour, index) * pixels, 0) / total);
  return (part(0) << 16) | (part(1) << 8) | part(2);
}
