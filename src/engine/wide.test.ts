import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const NODE = fileURLToPath(new URL('../../node_modules/.bin/node', import.meta.url));
const source = (name: string) => JSON.stringify(new URL(name, import.meta.url).href);

/** The switch is a process's, so each case has a process of its own; gives what the script prints last, and the warnings. */
function inProcess(script: string, ...flags: string[]): { printed: string[]; warnings: string } {
  const done = spawnSync(
    NODE,
    [
      ...flags,
      '--input-type=module-typescript',
      '-e',
      `import { isWide, widen } from ${source('./wide.ts')};${script}`,
    ],
    { encoding: 'utf8', timeout: 60_000 },
  );
  if (done.status !== 0) throw new Error(done.stderr);
  return { printed: done.stdout.split('\n'), warnings: done.stderr };
}

const state = (printed: readonly string[]) => JSON.parse(printed.at(-2) ?? 'null');

describe('widen', () => {
  it('is on where the processor has it, or says why not', () => {
    const { printed, warnings } = inProcess(
      `console.log(JSON.stringify([isWide(), widen('auto'), isWide()]))`,
    );
    const [before, found, after] = state(printed);
    expect(before).toBe(false);
    expect(after).toBe(found.on);
    expect(warnings).toBe('');
    if (found.on) expect(found).toMatchObject({ wish: 'auto', obstacle: null });
    else expect(found.obstacle).toMatch(/\w/);
    if (found.on) expect(found.speed).toBeGreaterThan(1.2);
  });

  it('is off unless asked for, and again when asked to', () => {
    const { printed } = inProcess(
      `const off = widen('off'); widen('auto'); widen('off'); console.log(JSON.stringify([off, isWide()]))`,
    );
    expect(state(printed)).toEqual([
      { wish: 'off', on: false, speed: null, obstacle: 'it is off unless it is asked for' },
      false,
    ]);
  });

  it('says in a warning when it was asked for and cannot be had, and stays silent for auto', () => {
    const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '22.1.0' } });`;
    const on = inProcess(`${old} console.log(JSON.stringify(widen('on')))`);
    expect(state(on.printed)).toEqual({
      wish: 'on',
      on: false,
      speed: null,
      obstacle: 'they need Node 24 or later; this is Node 22.1.0',
    });
    expect(on.warnings).toContain(
      '256-bit vectors stay off: they need Node 24 or later; this is Node 22.1.0',
    );
    expect(inProcess(`${old} console.log(JSON.stringify(widen('auto')))`).warnings).toBe('');
  });

  it('goes back to 128 bits, loudly, when the self-test computes something else', () => {
    // A host that compiles wrongly from its second module on, which is the one with the switch set.
    const broken = `
      const { Module } = WebAssembly; let modules = 0;
      const { machine } = await import(${source('./machine.ts')}); machine();
      WebAssembly.Module = function (bytes) {
        modules += 1;
        if (modules === 2) bytes = bytes.map((byte, i) => byte === 0xe4 && bytes[i - 1] === 0xfd ? 0xe5 : byte);
        return new Module(bytes);
      };`;
    const { printed, warnings } = inProcess(
      `${broken} console.log(JSON.stringify([widen('auto'), isWide()]))`,
    );
    const [found, after] = state(printed);
    expect(found).toMatchObject({ on: false, speed: null });
    expect(found.obstacle).toMatch(/^the self-test number \d+ computed something else with them$/);
    expect(after).toBe(false);
    expect(warnings).toContain('256-bit vectors stay off: the self-test number');
  });

  it('tries shapes that V8 joins', () => {
    const { printed } = inProcess(`console.log(JSON.stringify(widen('auto')))`, '--trace-wasm-revectorize');
    if (!state(printed).on) return;
    const joined = printed.filter((line) => /Decided to vectorize, [1-9]\d* revectorizable nodes/.test(line));
    // The tile, five activations, neighbours that differ, interleaved lanes, and the timed sums.
    expect(joined.length).toBeGreaterThanOrEqual(9);
  });
});
