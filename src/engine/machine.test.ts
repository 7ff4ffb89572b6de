import { afterEach, describe, expect, it, vi } from 'vitest';
import { probe } from './machine.ts';
import { webAssembly } from './webassembly.ts';

afterEach(() => vi.unstubAllGlobals());

describe('probe', () => {
  it('finds what Node has', () => {
    const { host, platform, threads, ...found } = probe();
    expect(host).toBe(`Node ${process.versions.node} (V8 ${process.versions.v8})`);
    expect(platform).toBe(`${process.platform} ${process.arch}`);
    expect(threads).toBeGreaterThanOrEqual(1);
    expect(threads).toBeLessThanOrEqual(16);
    expect(found).toMatchObject({ obstacle: null, relaxed: true, sharing: null });
    if (process.arch === 'arm64') expect(found.fused).toBe(true);
  });

  it('says why there are no threads', () => {
    vi.stubGlobal('SharedArrayBuffer', undefined);
    expect(String(probe().sharing)).toMatchInlineSnapshot(
      `"this JavaScript engine has no SharedArrayBuffer"`,
    );
    vi.stubGlobal('crossOriginIsolated', false);
    expect(String(probe().sharing)).toMatchInlineSnapshot(
      `"the page is not cross-origin isolated; serve it with the headers Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp"`,
    );
  });

  it('says why there is no WebAssembly', () => {
    const { validate, Memory } = webAssembly() as NonNullable<ReturnType<typeof webAssembly>>;
    vi.stubGlobal('WebAssembly', undefined);
    expect(probe()).toMatchObject({ relaxed: false, fused: false });
    expect(String(probe().obstacle)).toMatchInlineSnapshot(`"this host runs without WebAssembly"`);

    // As a page whose policy does not allow it: modules are valid and cannot be compiled.
    const Module = class {
      constructor() {
        throw new Error('Wasm code generation disallowed by embedder');
      }
    };
    vi.stubGlobal('WebAssembly', { Module, Memory, validate });
    expect(probe()).toMatchObject({ relaxed: false, fused: false });
    expect(String(probe().obstacle)).toMatchInlineSnapshot(
      `"this host does not let WebAssembly be compiled (a page's Content-Security-Policy needs 'wasm-unsafe-eval'): Wasm code generation disallowed by embedder"`,
    );

    vi.stubGlobal('WebAssembly', { Module: Object, Memory, validate: () => false });
    expect(String(probe().obstacle)).toMatchInlineSnapshot(`"this host has no SIMD in WebAssembly"`);
  });

  it('names browsers', () => {
    vi.stubGlobal('process', undefined);
    const host = (userAgent: string) => {
      vi.stubGlobal('navigator', { userAgent, hardwareConcurrency: 64 });
      return probe();
    };
    const chrome =
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/141.0.0.0 Safari/537.36';
    const safari =
      'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 Safari/605.1.15';
    const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0';
    expect(
      [chrome, `${chrome} Edg/141.0.1.2`, safari, firefox, 'Thing'].map((one) => host(one).host),
    ).toEqual(['Chrome 141.0.0.0', 'Edge 141.0.1.2', 'Safari 26.0', 'Firefox 145.0', 'Thing']);
    expect(host(chrome)).toMatchObject({ platform: '', threads: 16, obstacle: null });
  });
});
