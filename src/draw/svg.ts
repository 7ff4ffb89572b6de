// A picture as SVG: every attribute inline, so that it survives being pasted anywhere; the same bytes for the same picture;
// a title and a description; and in its metadata the licence and the words that open it again.
//
// A moving figure animates itself: what all frames share stands once, what differs in groups of which one is visible.
// Readers who ask for less motion see the first frame.

import { type Catalogue, type Text, translate } from '../words/index.ts';
import { diagonals } from './hatching.ts';
import type { Box, Figure, Label, Line, Mark, Picture } from './picture.ts';
import { inked, light, painted, type Theme } from './theme.ts';

/** How a picture is written. */
export interface SvgOptions {
  /** Colours; light unless said. */
  readonly theme?: Theme;
  /** A language's sentences; English unless said. */
  readonly catalogue?: Catalogue;
  /** Its language tag, for screen readers: en unless said. */
  readonly language?: string;
  /** Whether the theme's ground is painted behind it; true unless said. */
  readonly ground?: boolean;
}

/** Space around a picture. */
const MARGIN = 12;
const WORDS = "Inter, 'Noto Sans', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', system-ui, sans-serif";
const FIGURES = "'JetBrains Mono', 'DejaVu Sans Mono', ui-monospace, Menlo, Consolas, monospace";
const LICENCE = 'https://creativecommons.org/publicdomain/zero/1.0/';

/** One picture, as text. `source` opens it again, see open.ts. */
export function svg(picture: Picture, source: string, options: SvgOptions = {}): string {
  const write = writer(options);
  return whole(picture, source, options, [...picture.marks.map(write), ...picture.moving.map(write)]);
}

/** A figure that steps through its frames by itself, `delay` milliseconds each. */
export function animatedSvg(figure: Figure, delay: number, options: SvgOptions = {}): string {
  const first = figure.frame(0);
  if (figure.frames === 1) return svg(first, figure.source, options);
  const write = writer(options);
  const part = (index: number) => decimal(index / figure.frames);
  const common = JSON.stringify(first.marks);
  const steady = Array.from({ length: figure.frames }, (_, i) => figure.frame(i).marks).every(
    (marks) => marks === first.marks || JSON.stringify(marks) === common,
  );
  const frames = Array.from({ length: figure.frames }, (_, i) => {
    const [values, times] =
      i === 0
        ? ['visible;hidden', `0;${part(1)}`]
        : i === figure.frames - 1
          ? ['hidden;visible', `0;${part(i)}`]
          : ['hidden;visible;hidden', `0;${part(i)};${part(i + 1)}`];
    const animate = `<animate attributeName="visibility" values="${values}" keyTimes="${times}" dur="${(delay * figure.frames) / 1000}s" calcMode="discrete" repeatCount="indefinite"/>`;
    const frame = figure.frame(i);
    const marks = (steady ? frame.moving : [...frame.marks, ...frame.moving]).map(write);
    return `<g class="frame" visibility="${i === 0 ? 'visible' : 'hidden'}">${animate}\n${marks.join('\n')}\n</g>`;
  });
  const calm =
    '<style>@media (prefers-reduced-motion:reduce){.frame{visibility:hidden!important}.frame:first-of-type{visibility:visible!important}}</style>';
  return whole(first, figure.source, options, [
    calm,
    ...(steady ? first.marks.map(write) : []),
    '<g>',
    ...frames,
    '</g>',
  ]);
}

/** Frames one below the other or side by side, as pictures of a film; `columns` a row. */
export function filmStrip(
  figure: Figure,
  indices: readonly number[],
  columns: number,
  options: SvgOptions = {},
): string {
  const write = writer(options);
  const first = figure.frame(0);
  const [wide, high] = [first.width + 2 * MARGIN, first.height + 2 * MARGIN];
  const rows = Math.ceil(indices.length / columns);
  const body = indices.map((index, i) => {
    const { marks, moving } = figure.frame(index);
    const [x, y] = [(i % columns) * wide, Math.floor(i / columns) * high];
    return `<g transform="translate(${x} ${y})">\n${[...marks, ...moving].map(write).join('\n')}\n</g>`;
  });
  const size = {
    width: Math.min(columns, indices.length) * wide - 2 * MARGIN,
    height: rows * high - 2 * MARGIN,
  };
  return whole({ ...first, ...size }, figure.source, options, body);
}

function whole(picture: Picture, source: string, options: SvgOptions, body: readonly string[]): string {
  const { theme = light, catalogue = {}, language = 'en', ground = true } = options;
  const said = (text: Text) => escaped(translate(text, catalogue));
  const [width, height] = [decimal(picture.width + 2 * MARGIN), decimal(picture.height + 2 * MARGIN)];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" width="${width}" height="${height}" role="img" xml:lang="${escaped(language)}">
<title>${said(picture.title)}</title>
<desc>${said(picture.description)}</desc>
<metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:cc="http://creativecommons.org/ns#" xmlns:dc="http://purl.org/dc/elements/1.1/"><cc:Work rdf:about=""><dc:source>${escaped(source)}</dc:source><dc:creator>padwise</dc:creator><cc:license rdf:resource="${LICENCE}"/></cc:Work></rdf:RDF></metadata>
${ground ? `<rect x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}" fill="${theme.ground}"/>\n` : ''}<g font-family="${WORDS}" font-size="13">
${body.filter((part) => part !== '').join('\n')}
</g>
</svg>
`;
}

function writer(options: SvgOptions): (mark: Mark) => string {
  const { theme = light, catalogue = {} } = options;
  const said = (text: Text) => translate(text, catalogue);
  return (mark) =>
    mark.kind === 'box'
      ? boxed(mark, theme, said)
      : mark.kind === 'line'
        ? lined(mark, theme)
        : labelled(mark, theme, said);
}

function boxed(box: Box, theme: Theme, said: (text: Text) => string): string {
  const { x, y, width, height, paint } = box;
  const colours = paint === null ? null : painted(theme, paint);
  const line = box.line === undefined ? colours?.line : box.line === null ? null : inked(theme, box.line);
  const weight = box.weight ?? 1;
  const outline = line === null || line === undefined ? '' : ` stroke="${line}" stroke-width="${weight}"`;
  const dashes = box.dashed ? ' stroke-dasharray="3 3"' : '';
  const round = box.round ? ` rx="${box.round}"` : '';
  const parts = [
    `<rect x="${decimal(x)}" y="${decimal(y)}" width="${decimal(width)}" height="${decimal(height)}"${round} fill="${colours?.fill ?? 'none'}"${outline}${dashes}/>`,
  ];
  if (box.hatched) parts.push(hatch(box, line ?? theme.faint));
  if (box.text !== undefined && box.text !== '') {
    const size = box.size ?? 13;
    const bold = box.bold ? ' font-weight="700"' : '';
    const ink = colours?.text ?? (box.line ? inked(theme, box.line) : theme.ink);
    parts.push(
      `<text x="${decimal(x + width / 2)}" y="${decimal(y + height / 2 + size * 0.35)}" fill="${ink}" font-family="${FIGURES}" font-size="${size}"${bold} text-anchor="middle">${escaped(said(box.text))}</text>`,
    );
  }
  return parts.join('');
}

function hatch(box: Box, colour: string): string {
  const lines = diagonals(box).map((ends) => {
    const [x, y, toX, toY] = ends.map(decimal);
    return `M${x} ${y}L${toX} ${toY}`;
  });
  return `<path d="${lines.join('')}" stroke="${colour}" stroke-width="0.8" fill="none"/>`;
}

function labelled(label: Label, theme: Theme, said: (text: Text) => string): string {
  const size = label.size ?? 13;
  const font = label.mono ? ` font-family="${FIGURES}"` : '';
  const bold = label.bold ? ' font-weight="700"' : '';
  const text = said(label.text);
  if (text === '') return '';
  return `<text x="${decimal(label.x)}" y="${decimal(label.y + size * 0.35)}" fill="${inked(theme, label.ink)}"${font} font-size="${size}"${bold} text-anchor="${label.anchor}" xml:space="preserve">${escaped(text)}</text>`;
}

function lined(line: Line, theme: Theme): string {
  const colour = inked(theme, line.ink);
  const points = line.points.map(([x, y]) => `${decimal(x)} ${decimal(y)}`).join('L');
  const dashes = line.dashed ? ' stroke-dasharray="4 3"' : '';
  const path = `<path d="M${points}" fill="none" stroke="${colour}" stroke-width="${line.weight ?? 1}"${dashes}/>`;
  return line.arrow ? path + head(line, colour) : path;
}

/** The head of an arrow: a triangle at the last point, turned as the last piece is. */
function head({ points, weight = 1 }: Line, colour: string): string {
  const [[fromX, fromY], [x, y]] = [points.at(-2) ?? [0, 0], points.at(-1) ?? [0, 0]];
  const length = Math.hypot(x - fromX, y - fromY) || 1;
  const [dx, dy] = [(x - fromX) / length, (y - fromY) / length];
  const [long, half] = [6 + 2 * weight, 2.5 + weight];
  const corner = (side: number) =>
    `${decimal(x - dx * long - dy * half * side)} ${decimal(y - dy * long + dx * half * side)}`;
  return `<path d="M${decimal(x)} ${decimal(y)}L${corner(1)}L${corner(-1)}Z" fill="${colour}"/>`;
}

/** At most two digits after the point, so that bytes do not depend on rounding. */
function decimal(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
