// draw and heat as a user runs them: every format, opened again; every refusal, in both languages.

import {
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stringWidth from 'string-width';
import { afterAll, describe, expect, it } from 'vitest';
import { padwise, piped } from '../test/terminal.ts';
import { main } from './main.ts';

const folder = mkdtempSync(join(tmpdir(), 'padwise-draw-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const file = (name: string) => join(folder, name);

const LAYER = 'nn.Conv2d(1, 1, 2, padding=1)';
const SOURCE = 'window 1x1x3x3 k2 p1 -> 1';

describe('draw', () => {
  it('draws on the terminal', async () => {
    const said = await padwise('draw', LAYER, '--input', '3', '--step', '1,1');
    expect(said.exit).toBe(0);
    expect(said.out).toMatchInlineSnapshot(`
      "3×3 becomes 4×4: 1x1x3x3 k2 p1 -> 1

          input 3×3                   output 4×4
      ( 0[ 0  0] 0  0)  kernel 2×2     0  3  8  4
      ( 0[ 0  1] 2( 0)      0  1       9<19>25 10
      ( 0[ 3  4] 5( 0) ∗    2  3   =  21 37 43 16
      ( 0) 6  7  8( 0)                 6  7  8  0
      ( 0  0  0  0  0)

              0*0 + 1*1 + 3*2 + 4*3 = 19
      ( ) padding: 0

      Output (1, 1) reads positions 0..1, 0..1: 4 of 4 in the input.
      "
    `);
  });

  it.each(['svg', 'png', 'gif', 'tex'])('writes %s, which opens again', async (format) => {
    const path = file(`figure.${format}`);
    const wrote = await padwise('draw', LAYER, '--input', '3', '-o', path);
    expect([wrote.exit, wrote.err]).toEqual([0, '']);
    expect(wrote.out).toMatch(/^wrote .*figure\.\w+, \d+(?:\.\d)? k?B\n$/);
    const opened = JSON.parse((await padwise('draw', path, '--json')).out);
    expect(opened).toMatchObject({ schema: 'padwise/draw/1', source: SOURCE, steps: 16, file: null });
    const heated = JSON.parse((await padwise('heat', path, '--json')).out);
    expect(heated.source).toBe('heat 1x1x3x3 k2 p1 -> 1');
  });

  it('writes text, and any format under any name', async () => {
    await padwise('draw', LAYER, '--input', '3', '-o', file('figure.txt'));
    const printed = (await padwise('draw', LAYER, '--input', '3')).out;
    expect(readFileSync(file('figure.txt'), 'utf8')).toBe(printed);
    await padwise('draw', LAYER, '--input', '3', '-o', file('figure'), '--format', 'SVG');
    expect(readFileSync(file('figure'), 'utf8')).toMatch(/^<svg /);
    const streamed = await padwise('draw', LAYER, '--input', '3', '-o', '-');
    expect(streamed.out).toBe(readFileSync(file('figure'), 'utf8'));
    expect((await padwise('draw', LAYER, '--input', '3', '--format', 'tex')).out).toContain('tikzpicture');
  });

  it('writes through a link, and says where nothing fits', async () => {
    writeFileSync(file('linked.svg'), '');
    symlinkSync(file('linked.svg'), file('link.svg'));
    await padwise('draw', LAYER, '--input', '3', '-o', file('link.svg'));
    expect(readFileSync(file('linked.svg'), 'utf8')).toMatch(/^<svg /);
    if (!existsSync('/dev/full')) return;
    const full = await padwise('draw', LAYER, '--input', '3', '-o', '/dev/full', '--format', 'svg');
    expect([full.exit, full.err]).toEqual([3, 'padwise: cannot write /dev/full: the disk is full\n']);
  });

  it('leaves nothing half written', async () => {
    await padwise('draw', LAYER, '--input', '3', '-o', file('whole.svg'));
    expect(readdirSync(folder).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('draws films and what plays by itself', async () => {
    const film = await padwise('draw', LAYER, '--input', '3', '-o', file('film.svg'), '--film', '8');
    expect(film.exit).toBe(0);
    expect(readFileSync(file('film.svg'), 'utf8').match(/<g transform=/g)).toHaveLength(16);
    await padwise('draw', LAYER, '--input', '3', '-o', file('plays.svg'), '--animate', '--delay', '250');
    expect(readFileSync(file('plays.svg'), 'utf8')).toContain('dur="4s"');
    const all = await padwise('draw', LAYER, '--input', '3', '--step', 'all');
    expect(all.out.match(/becomes 4×4/g)).toHaveLength(16);
  });

  it.each(['200,200', '0,0', '299,299'])('shows output %s of a large input', async (output) => {
    const said = await padwise('draw', 'nn.Conv2d(1, 1, 3, padding=1)', '--input', '300', '--step', output);
    expect(said.out).toContain(`Output (${output.replace(',', ', ')}) reads`);
  });

  it('takes names of views and themes as they come', async () => {
    const said = await padwise('draw', LAYER, '--input', '3', '--view', 'Heat', '--theme', 'DARK', '--json');
    expect(JSON.parse(said.out).source).toBe('heat 1x1x3x3 k2 p1 -> 1');
  });

  it('is as wide as the terminal, and a file is 80 columns wide wherever it is written', async () => {
    const drawn = async (columns: number | undefined, ...argv: string[]) => {
      const out: string[] = [];
      const terminal = { color: false, progress: false, columns, err: () => {}, stdin: () => '' };
      await main(['draw', LAYER, '--input', '30', ...argv], {
        ...terminal,
        out: (text) => void out.push(text),
      });
      return Math.max(
        ...out
          .join('')
          .split('\n')
          .map((line) => stringWidth(line)),
      );
    };
    expect(await drawn(40)).toBeLessThanOrEqual(40);
    expect(await drawn(200)).toBeGreaterThan(80);
    expect(await drawn(undefined)).toBeLessThanOrEqual(80);
    expect(await drawn(40, '--columns', '80')).toBe(await drawn(80));
    await drawn(40, '-o', file('narrow.txt'));
    expect(readFileSync(file('narrow.txt'), 'utf8')).toBe(
      (await padwise('draw', LAYER, '--input', '30')).out,
    );
  });

  it.each(['png', 'gif'])('sends a %s into a pipe, and the same bytes into a file', async (format) => {
    const sent: Uint8Array[] = [];
    const pipe = { color: false, progress: false, out: () => {}, err: () => {}, stdin: () => '' };
    const io = { ...pipe, bytes: (data: Uint8Array) => void sent.push(data) };
    expect(await main(['draw', LAYER, '--input', '3', '--format', format], io)).toBe(0);
    await padwise('draw', LAYER, '--input', '3', '-o', file(`piped.${format}`));
    expect(Buffer.concat(sent).equals(readFileSync(file(`piped.${format}`)))).toBe(true);
  });

  it('takes the numbers of input and kernel, and the size from them', async () => {
    const rows = ['--values', '1 2; 3 4', '--kernel', '1,0; 0,-1'];
    const said = JSON.parse((await padwise('draw', 'nn.Conv2d(1, 1, 2)', ...rows, '--json')).out);
    expect(said.source).toBe('window 1x1x2x2 k2 -> 1 with input=1,2,3,4 kernel=1,0,0,-1');
    expect(said.description).toContain('= -3');
  });

  it.each([
    [['1x1x8x8 k3 p1 -> 1'], 'window 1x1x8x8 k3 p1 -> 1'],
    [['heat 1x1x8x8 k3 p1 -> 1'], 'heat 1x1x8x8 k3 p1 -> 1'],
    [['nn.ConvTranspose2d(1, 1, 3, 2)', '--input', '3'], 'scatter 1x1x3x3 k3 i2 p2 flip -> 1'],
    [
      ['1x1x8 k3 -> 1', '1x1x8 k3 p1 -> 1'],
      'shift 1x1x8 k3 -> 1 vs 1x1x8 k3 p1 -> 1 with names=1x1x8%20k3%20-%3E%201,1x1x8%20k3%20p1%20-%3E%201',
    ],
    [
      ['nn.Conv2d(1, 1, 3, 2, 1)', 'Conv2D(1, 3, strides=2, padding="same")', '--input', '1x1x8x8'],
      'shift 1x1x8x8 k3 s2 p1 -> 1 vs 1x1x8x8 k3 s2 p0,1 -> 1 with names=torch,keras',
    ],
    [
      ['nn.Sequential(nn.Conv2d(1, 1, 3), nn.ReLU(), nn.MaxPool2d(2))', '--input', '8'],
      'reach 1x1x8x8 k3 -> 1 then 1x1x6x6 max k2 s2',
    ],
    [
      ['nn.Sequential(nn.Conv2d(1, 1, 3), nn.MaxPool2d(2))', '--input', '8', '--layer', '2'],
      'window 1x1x6x6 max k2 s2',
    ],
    [
      ['1x1x8x8 k3 -> 1', '--view', 'strip', '--axis', '1', '--limit', '9'],
      'strip 1x1x8x8 k3 -> 1 with axis=1 limit=9',
    ],
    [['1x1x8x8 k3 -> 1', '--at', '0,0/2,2'], 'window 1x1x8x8 k3 -> 1 with at=0,0/2,2'],
  ])('shows what suits %j', async (argv, source) => {
    const said = await padwise('draw', ...argv, '--json');
    expect(said.err).toBe('');
    expect(JSON.parse(said.out).source).toBe(source);
  });

  it('reads standard input, and .py files', async () => {
    const read = await piped(`x = ${LAYER}(x)`, 'draw', '-', '--input', '3', '--json');
    expect(JSON.parse(read.out).source).toBe(SOURCE);
    writeFileSync(file('layer.py'), `self.conv = ${LAYER}\n`);
    const py = await padwise('draw', file('layer.py'), '--input', '3', '--json');
    expect(JSON.parse(py.out).source).toBe(SOURCE);
  });

  it('speaks Chinese, in the figure too', async () => {
    const said = await padwise('draw', LAYER, '--input', '3', '--lang', 'zh');
    expect(said.out).toContain('输入 3×3');
    expect(said.out.split('\n').filter((line) => stringWidth(line) > 80)).toEqual([]);
    await padwise('draw', LAYER, '--input', '3', '-o', file('zh.svg'), '--lang', 'zh');
    expect(readFileSync(file('zh.svg'), 'utf8')).toMatch(/xml:lang="zh"[\s\S]*输入 3×3/);
  });
});

describe('heat', () => {
  it('counts', async () => {
    const said = await padwise('heat', 'nn.Conv2d(1, 1, 3, stride=2)', '--input', '6');
    expect(said.out).toMatchInlineSnapshot(`
      "How often each pixel is read

                0  1  2  3  4  5
            0   1  1  2  1  1/ 0/
            1   1  1  2  1  1/ 0/
            2   2  2  4  2  2/ 0/
            3   1  1  2  1  1/ 0/
            4   1  1  2  1  1/ 0/
            5 / 0/ 0/ 0/ 0/ 0/ 0/
      A pixel is read at most 4 times.
         1 of 6 rows is never read.
        1 of 6 columns is never read.

       / 0/  1  2  4 times read
      "
    `);
  });

  it('puts several beside each other', async () => {
    const codes = ['1x1x8x8 k1 -> 1', '1x1x8x8 k2 -> 1', '1x1x8x8 k3 -> 1'];
    const said = JSON.parse((await padwise('heat', ...codes, '--names', '1x1,2x2,3x3', '--json')).out);
    expect(said.source).toBe(`heat ${codes.join(' vs ')} with names=1x1,2x2,3x3`);
  });

  it('follows a stack', async () => {
    const stack = 'nn.Sequential(nn.Conv2d(1, 1, 3), nn.MaxPool2d(2))';
    const said = JSON.parse((await padwise('heat', stack, '--input', '8', '--json')).out);
    expect(said.source).toBe('heat 1x1x8x8 k3 -> 1 then 1x1x6x6 max k2 s2');
  });
});

writeFileSync(file('empty.svg'), '<svg/>');
writeFileSync(file('hostile.svg'), '<svg><dc:source>window 1x1x9999999999x8 k3 -&gt; 1</dc:source></svg>');
writeFileSync(file('text.txt'), '8×8 becomes 4×4');
writeFileSync(file('damaged.png'), 'not a picture');
writeFileSync(file('damaged.gif'), 'GIF89a');

const REFUSED: readonly (readonly [exit: number, argv: readonly string[]])[] = [
  [2, ['draw']],
  [2, ['draw', '']],
  [2, ['draw', LAYER]],
  [2, ['draw', 'nn.Conv2d(1, 1, 9)', '--input', '3']],
  [2, ['draw', 'nn.ReLU()', '--input', '3']],
  [2, ['draw', '1x1x8x8 q3 -> 1']],
  [2, ['draw', 'heat 1x1x8x8']],
  [2, ['draw', '-', '-', '--input', '3']],
  [2, ['draw', LAYER, '--input', '3', '--view', 'cube']],
  [2, ['draw', LAYER, '--input', '3', '--view', 'shift']],
  [2, ['draw', LAYER, LAYER, '--input', '3', '--view', 'window']],
  [2, ['draw', 'nn.Sequential(nn.Conv2d(1, 1, 3), nn.MaxPool2d(2))', '--input', '8', '--view', 'window']],
  [2, ['draw', 'nn.Sequential(nn.Conv2d(1, 1, 3), nn.MaxPool2d(2))', '--input', '8', '--layer', '3']],
  [2, ['draw', LAYER, '--input', '3', '--step', '16']],
  [2, ['draw', LAYER, '--input', '3', '--step', '0,4']],
  [2, ['draw', LAYER, '--input', '3', '--step', 'first']],
  [2, ['draw', '1x1x8 k3 -> 1', '--step', '9']],
  [2, ['draw', LAYER, '--input', '300', '--step', '301,0']],
  [2, ['draw', '1x1x8 k3 -> 1', '--input', '9']],
  [2, ['draw', file('figure.svg'), '--input', '9']],
  [2, ['draw', '1x1x8 k3 -> 1', '--at', '1', '--step', '1']],
  [2, ['draw', LAYER, '--input', '3', '--theme', 'blue']],
  [2, ['draw', LAYER, '--input', '3', '--format', 'bmp']],
  [2, ['draw', LAYER, '--input', '3', '--format', 'png']],
  [2, ['draw', LAYER, '--input', '3', '-o', 'figure.bmp']],
  [2, ['draw', LAYER, '--input', '3', '-o', 'figure.pdf']],
  [2, ['draw', LAYER, '--input', '3', '-o', 'figure']],
  [3, ['draw', LAYER, '--input', '3', '-o', folder]],
  [3, ['draw', LAYER, '--input', '3', '-o', '/no/such/folder/figure.svg']],
  [2, ['draw', LAYER, '--input', '3', '--film', '2']],
  [2, ['draw', LAYER, '--input', '3', '-o', file('x.svg'), '--film', '0']],
  [2, ['draw', LAYER, '--input', '3', '-o', file('x.svg'), '--film', '2', '--animate']],
  [2, ['draw', LAYER, '--input', '3', '-o', file('x.svg'), '--delay', '100']],
  [2, ['draw', LAYER, '--input', '3', '-o', file('x.gif'), '--delay', '5']],
  [2, ['draw', LAYER, '--input', '3', '-o', file('x.gif'), '--scale', '100']],
  [2, ['draw', LAYER, '--input', '3', '-o', file('x.tex'), '--standalone', '--step', 'all']],
  [2, ['draw', LAYER, '--input', '3', '--columns', '5']],
  [2, ['draw', LAYER, '--input', '3', '--values', '1 2 3']],
  [2, ['draw', LAYER, '--values', '1 2; 3']],
  [2, ['draw', LAYER, '--values', '1 two']],
  [2, ['draw', LAYER, '--values', ' ']],
  [2, ['draw', LAYER, '--input', '3', '--kernel', '1 2']],
  [2, ['draw', LAYER, '--input', '3', '--at', '1']],
  [2, ['draw', LAYER, '--input', '3', '--at', '0,0/4,0']],
  [2, ['draw', LAYER, '--input', '3', '--view', 'heat', '--at', '0,0']],
  [2, ['draw', LAYER, '--input', '3', '--axis', '2']],
  [2, ['draw', LAYER, '--input', '3', '--limit', '2']],
  [2, ['draw', LAYER, '--input', '3', '--names', 'a,b']],
  [3, ['draw', 'nothing.svg']],
  [3, ['draw', file('text.txt')]],
  [3, ['draw', file('empty.svg')]],
  [3, ['draw', file('hostile.svg')]],
  [3, ['draw', file('damaged.png')]],
  [3, ['draw', file('damaged.gif')]],
  [2, ['heat', ...Array.from({ length: 7 }, () => '1x1x8x8 k3 -> 1')]],
];

it('refuses in one sentence, in both languages, and writes nothing', async () => {
  const said: string[] = [];
  for (const [exit, argv] of REFUSED) {
    const english = await padwise(...argv);
    const chinese = await padwise(...argv, '--lang', 'zh');
    expect([argv, english.exit, chinese.exit, english.out]).toEqual([argv, exit, exit, '']);
    for (const { err } of [english, chinese]) expect(err).not.toMatch(/internal error|内部错误/);
    expect(chinese.err).toMatch(/\p{Script=Han}/u);
    said.push(english.err.replaceAll(folder, '.'), chinese.err.replaceAll(folder, '.'));
  }
  expect(said.join('')).toMatchSnapshot();
  for (const name of ['x.svg', 'x.gif', 'x.tex']) expect(existsSync(file(name))).toBe(false);
});

it.each(['draw', 'heat'])('the help of %s is at most 80 columns wide in both languages', async (command) => {
  for (const language of ['en', 'zh']) {
    const help = await padwise(command, '--help', '--lang', language);
    const wide = help.out.split('\n').filter((line) => stringWidth(line) > 80 && !/^ {2}padwise/.test(line));
    expect(wide).toEqual([]);
    expect(help.out).toContain(`padwise ${command} CODE [CODE ...]`);
  }
});
