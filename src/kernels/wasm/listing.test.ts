import { describe, expect, it } from 'vitest';
import { shapes } from '../../engine/wide-probes.ts';
import { assemble } from './assembler.ts';
import { type Code, f32x4, get, i32, load, loadI32, repeat, shuffle, store, when } from './code.ts';
import { listing } from './listing.ts';

describe('listing', () => {
  it('prints what was assembled', () => {
    const module = assemble({ shared: false });
    const run = module.define(['i32'], ({ parameters: [at], local }) => {
      const address = get(at as NonNullable<typeof at>);
      const turned: Code = shuffle(load(address, 16), f32x4(0.5), [0, 4, 1, 5]);
      return repeat(local('i32'), 3, when(loadI32(address, 1000), store(address, 0, turned), []));
    });
    module.expose('run', run);
    expect(listing(module.bytes())).toMatchInlineSnapshot(`
      "(export "run" (func $0))
      (func $0 (param i32) (local i32)   ;; 78 bytes
        i32.const 3
        local.set $1
        loop
          local.get $0
          i32.load offset=1000
          if
            local.get $0
            local.get $0
            v128.load offset=16
            v128.const f32x4 0.5 0.5 0.5 0.5
            i8x16.shuffle 0 1 2 3 16 17 18 19 4 5 6 7 20 21 22 23
            v128.store
          else
          end
          local.get $1
          i32.const 1
          i32.sub
          local.tee $1
          br_if 0
        end)"
    `);
  });

  it('reads negative numbers and long ones', () => {
    const module = assemble({ shared: true });
    module.define([], () => [-1, 63, 64, -65, 300_000, -(2 ** 31)].map((value) => [i32(value), 0x1a]));
    const numbers = [...listing(module.bytes()).matchAll(/i32\.const (\S+)/g)].map(([, value]) => value);
    expect(numbers).toEqual(['-1', '63', '64', '-65', '300000', '-2147483648']);
  });

  it('says where it cannot read on', () => {
    const module = assemble({ shared: false });
    module.define([], () => [0xd1]);
    expect(listing(module.bytes())).toContain(';; an instruction that has no name here: d1');
  });

  it('knows every instruction of the probes', () => {
    expect(listing(shapes())).not.toContain('no name here');
  });
});
