// results.svg: a bar for every engine in every row, in two panels, because two questions are asked: what does a browser get
// (WebAssembly of 128 bit), and how does it stand against native code (256 bit). A dashed line is the FMA peak.

import { type Measured, median } from './measure.ts';
import { label } from './rows.ts';
import { figureOf, rate } from './table.ts';

interface Bar {
  readonly engine: string;
  readonly mode: string;
  readonly title: string;
  /** A class of the style sheet. */
  readonly hue: string;
}

interface Panel {
  readonly title: string;
  readonly peak: string;
  readonly bars: readonly Bar[];
}

const PANELS: readonly Panel[] = [
  {
    title: 'WebAssembly, 128 bit: any browser',
    peak: 'default',
    bars: [
      { engine: 'padwise', mode: 'default', title: 'padwise', hue: 'own' },
      { engine: 'tfjs-wasm', mode: 'default', title: 'tfjs-wasm', hue: 'one' },
      { engine: 'onnxruntime-web', mode: 'default', title: 'onnxruntime-web', hue: 'two' },
    ],
  },
  {
    title: 'Node, 256 bit, against native code',
    peak: 'wide',
    bars: [
      { engine: 'padwise', mode: 'wide', title: 'padwise wide', hue: 'own' },
      { engine: 'onnxruntime-node', mode: 'default', title: 'onnxruntime-node', hue: 'one' },
      { engine: 'pytorch', mode: 'default', title: 'PyTorch', hue: 'two' },
    ],
  },
];

const LABELS = 196;
const WIDTH = 292;
const GAP = 36;
const TOP = 64;
const PITCH = 22;
const THICK = 5;
const MODEL = 16;

const STYLE = `
text { font: 11px system-ui, -apple-system, 'Segoe UI', sans-serif; fill: #1c2430; }
.title { font-weight: 600; font-size: 12px; } .quiet { fill: #66707d; font-size: 10px; }
.value { font-size: 9px; fill: #66707d; } .page { fill: #ffffff; } .line { stroke: #d5dae1; }
.peak { stroke: #66707d; stroke-dasharray: 3 3; } .own { fill: #1f6feb; } .one { fill: #e3a008; } .two { fill: #9aa4b1; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .quiet, .value { fill: #9aa4b1; } .page { fill: #0d1117; } .line { stroke: #30363d; }
  .peak { stroke: #9aa4b1; } .own { fill: #58a6ff; } .one { fill: #d29922; } .two { fill: #6e7681; }
}`;

/** The picture of a run. */
export function picture(all: readonly Measured[]): string {
  const places = placed(all);
  const height = TOP + (places.at(-1)?.y ?? 0) + PITCH + 26;
  const width = LABELS + PANELS.length * (WIDTH + GAP);
  const names = places.flatMap(({ of, y, model }) => [
    ...(model ? [text(8, TOP + y - 5, 'quiet', of.row.model)] : []),
    text(16, TOP + y + 12, '', label(of.row)),
  ]);
  const panels = PANELS.map((panel, i) => drawn(panel, places, LABELS + i * (WIDTH + GAP), height));
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>GFLOP/s of every row of the benchmark, one thread</title>
<style>${STYLE}
</style>
<rect class="page" width="100%" height="100%" rx="6"/>
${text(8, 20, 'title', 'GFLOP/s, one thread')}
${text(8, 36, 'quiet', 'effective; longer is better')}
${[...names, ...panels].join('\n')}
</svg>
`;
}

interface Place {
  readonly of: Measured;
  readonly y: number;
  /** Whether the model's name stands above. */
  readonly model: boolean;
}

function placed(all: readonly Measured[]): Place[] {
  let y = 0;
  return all.map((of, i) => {
    const before = all[i - 1]?.row;
    const model = before?.model !== of.row.model || before.group !== of.row.group;
    if (model) y += MODEL;
    const place = { of, y, model };
    y += PITCH;
    return place;
  });
}

function drawn({ title, peak, bars }: Panel, places: readonly Place[], left: number, height: number): string {
  const rateOf = (of: Measured, bar: Bar) => figureOf(of, bar.engine, bar.mode)?.gflops;
  const peaks = places.flatMap(({ of }) => of.peak[peak] ?? []);
  const limit = peaks.length === 0 ? undefined : median(peaks);
  const all = places.flatMap(({ of }) => bars.map((bar) => rateOf(of, bar) ?? 0));
  const step = niceStep(Math.max(limit ?? 0, ...all, 1));
  const longest = Math.ceil(Math.max(limit ?? 0, ...all, 1) / step) * step;
  const x = (value: number) => left + (value / longest) * WIDTH;
  const bottom = height - 22;
  const ticks = Array.from({ length: Math.round(longest / step) + 1 }, (_, i) => i * step);
  const axis = ticks.flatMap((value) => [
    `<line class="line" x1="${fixed(x(value))}" x2="${fixed(x(value))}" y1="${TOP - 4}" y2="${bottom}"/>`,
    text(x(value), bottom + 14, 'quiet', `${value}`, 'middle'),
  ]);
  const line =
    limit === undefined
      ? []
      : [
          `<line class="peak" x1="${fixed(x(limit))}" x2="${fixed(x(limit))}" y1="${TOP - 4}" y2="${bottom}"/>`,
        ];
  const shapes = places.flatMap(({ of, y }) =>
    bars.flatMap((bar, i) => {
      const value = rateOf(of, bar);
      if (value === undefined) return [];
      const top = TOP + y + 1 + i * (THICK + 1);
      const rectangle = `<rect class="${bar.hue}" x="${left}" y="${top}" width="${fixed(x(value) - left)}" height="${THICK}"/>`;
      if (i > 0) return [rectangle];
      // Beside the longer of the two bars that the number is as high as.
      const below = bars[1] === undefined ? 0 : (rateOf(of, bars[1]) ?? 0);
      return [rectangle, text(x(Math.max(value, below)) + 3, top + 6, 'value', rate(value))];
    }),
  );
  let at = left;
  const legend = bars.flatMap((bar) => {
    const box = `<rect class="${bar.hue}" x="${fixed(at)}" y="31" width="9" height="9"/>`;
    const words = text(at + 13, 39, 'quiet', bar.title);
    at += 28 + bar.title.length * 5.4;
    return [box, words];
  });
  return [text(left, 20, 'title', title), ...legend, ...axis, ...shapes, ...line].join('\n');
}

/** 10, 20, 25, 50, 100 ...: about five to a panel. */
function niceStep(longest: number): number {
  return [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500].find((step) => longest / step <= 6) ?? 1000;
}

function text(x: number, y: number, kind: string, content: string, anchor: string = ''): string {
  const escaped = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  const where = anchor === '' ? '' : ` text-anchor="${anchor}"`;
  return `<text${kind === '' ? '' : ` class="${kind}"`} x="${fixed(x)}" y="${fixed(y)}"${where}>${escaped}</text>`;
}

function fixed(value: number): string {
  return `${Number(value.toFixed(1))}`;
}
