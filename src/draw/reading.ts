// The words that open a figure again, read back out of a file that padwise once wrote, or that somebody says it wrote: text
// to look at, nothing to run. What is found is only as good as what open makes of it.
//
//   SVG    <dc:source>heat 1x1x8x8 k3 -> 1</dc:source>
//   TikZ   % padwise draw heat 1x1x8x8 k3 -> 1

import { SOURCE } from './tikz.ts';

/** Where in a file the words may stand, and how many there may be. */
const WITHIN = 200_000;
const LONGEST = 20_000;

/** The source of a figure written as SVG or TikZ; null where there is none, or one longer than 20,000 characters. */
export function sourceOf(text: string): string | null {
  const begun = text.slice(0, WITHIN);
  const found = begun.includes('<svg') ? element(begun) : line(begun);
  return found === null || found === '' || found.length > LONGEST ? null : found;
}

function element(svg: string): string | null {
  const [open, close] = ['<dc:source>', '</dc:source>'];
  const from = svg.indexOf(open);
  const to = from < 0 ? -1 : svg.indexOf(close, from);
  return to < 0 ? null : unescaped(svg.slice(from + open.length, to)).trim();
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

function unescaped(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([\da-f]{1,6})|(lt|gt|quot|apos|amp));/gi,
    (whole, ten, sixteen, name) => {
      if (name !== undefined) return ENTITIES[String(name).toLowerCase()] ?? whole;
      const code = ten === undefined ? Number.parseInt(sixteen, 16) : Number(ten);
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );
}

function line(tikz: string): string | null {
  for (const one of tikz.split(/\r\n?|\n/))
    if (one.startsWith(SOURCE)) return decoded(one.slice(SOURCE.length)).trim();
  return null;
}

/** A comment's %25 and %0A, see tikz.ts. */
function decoded(text: string): string {
  try {
    return text.replace(/(?:%[\dA-F]{2})+/g, decodeURIComponent);
  } catch {
    return text;
  }
}
