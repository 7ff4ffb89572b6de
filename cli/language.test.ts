import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { padwise } from '../test/terminal.ts';
import { languageOf, takeLanguage } from './language.ts';
import { main } from './main.ts';
import { wrapped } from './text.ts';

const SAME = 'keras.layers.Conv2D(6, 4, strides=2, padding="same")';

/** What a command line prints where the environment names a language. */
async function inLocale(locale: string, ...argv: string[]): Promise<string> {
  const printed: string[] = [];
  const keep = (text: string) => void printed.push(text);
  await main(argv, { color: false, progress: false, locale, out: keep, err: keep, stdin: () => '' });
  return printed.join('');
}

describe('the language', () => {
  it.each(['zh_CN.UTF-8', 'zh_TW', 'zh', 'zh-Hans'])('is Chinese for %s', async (locale) => {
    expect((await languageOf(locale)).say`likewise`).toBe('同上');
  });

  it.each(['', 'C', 'C.UTF-8', 'POSIX', 'en_US.UTF-8', 'de_DE', 'zha'])(
    'is English for %s',
    async (locale) => {
      expect((await languageOf(locale)).say`likewise`).toBe('likewise');
    },
  );

  it('is that of the locale unless --lang says otherwise, wherever that stands', async () => {
    expect(await inLocale('zh_CN.UTF-8', 'why', SAME, '--input', '64', '--expected', '31')).toContain('同上');
    const english = await inLocale(
      'zh_CN.UTF-8',
      '--lang',
      'en',
      'why',
      SAME,
      '--input',
      '64',
      '--expected',
      '31',
    );
    expect(english).toContain('likewise');
    expect((await padwise('why', SAME, '--input', '64', '--expected', '31', '--lang=zh')).out).toContain(
      '同上',
    );
    expect((await padwise('--help', '--lang', 'zh')).out).toContain('用法：');
    expect((await padwise('explain', '--lang', 'zh', '--help')).out).toContain('用法：padwise explain');
  });

  it('is left alone behind --', () => {
    expect(takeLanguage(['explain', '--lang', 'zh', '--', '--lang', 'en'])).toEqual({
      argv: ['explain', '--', '--lang', 'en'],
      name: 'zh',
    });
  });

  it('is one that padwise speaks', async () => {
    expect((await padwise('explain', SAME, '--lang', 'fr')).err).toMatchInlineSnapshot(`
      "padwise: padwise does not speak fr
      hint: Known: en, zh.
      "
    `);
    expect((await padwise('explain', SAME, '--lang')).err).toMatchInlineSnapshot(`
      "padwise: --lang needs a value
      hint: Known: en, zh.
      "
    `);
  });

  it('leaves JSON as it is', async () => {
    const argv = ['why', SAME, '--input', '64', '--expected', '31', '--json'];
    expect((await padwise(...argv, '--lang', 'zh')).out).toBe((await padwise(...argv)).out);
    const explain = ['explain', 'nn.AvgPool2d(2, ceil_mode=True)', '--input', '7', '--json'];
    expect((await padwise(...explain, '--lang', 'zh')).out).toBe((await padwise(...explain)).out);
  });
});

describe('Chinese', () => {
  it('says why', async () => {
    const said = await padwise('why', SAME, '--input', '64', '--expected', '31', '--lang', 'zh');
    expect(said.out).toMatchInlineSnapshot(`
      "keras Conv2D   1x64x64x3 -> 1x32x32x6                               预期为 31x31

      高度   32，而不是 31
        SAME     (ceil(64 / 2) - 1) * 2 + 4 - 64 = (32 - 1) * 2 + 4 - 64 = 2
        填充     前 1，后 1
        输出     floor((64 + 1 + 1 - 4) / 2) + 1 = 32
        若不填充，则为 floor((64 - 4) / 2) + 1 = 31
        总共填充 0 到 1 可得 31：不填充，即 'valid'
      宽度   同上

      要得到 31x31，请写
        layers.Conv2D(6, 4, strides=2)
      "
    `);
  });

  it('says what people write otherwise', async () => {
    const said = await padwise(
      'compare',
      'nn.Conv2d(3, 64, 7, 2, 3)',
      'Conv2D(64, 7, strides=2, padding="same")',
      '--input',
      '224',
      '--lang',
      'zh',
    );
    expect(said.out).toMatchInlineSnapshot(`
      "           填充   输出   out[0] 的中心   最后一个窗口读取
      torch      3,3    112    0               219..225（其中填充 2）
      keras      2,3    112    1               220..226（其中填充 3）

      形状相同，像素不同：向下和向右错位 1 个像素
      仅当尺寸为奇数时相同。

      用 torch 写出与 keras 完全相同的层
        x = F.pad(x, (2, 3, 2, 3))
        x = nn.Conv2d(3, 64, 7, stride=2)(x)
      "
    `);
  });

  it.each([
    [['explain', 'nn.Conv2d(3, 6, 4, padding="same", stride=2)', '--input', '64']],
    [['explain', 'nn.Conv2d(3, 6, kernel)', '--input', '64']],
    [['explain', '第一层 = nn.Conv2d(3, 6, "卷积")', '--input', '64']],
    [['explain', 'nn.Conv2d(3, 6, 4', '--input', '64']],
    [['explain', 'nn.Conv2d(3, 6, 9)', '--input', '4']],
    [['pads', '1,2,3,4']],
    [['explain', SAME, '--inptu', '64']],
    [['solve', '--size', 'x', '--out', '3']],
    [['run', SAME, 'nothing.png']],
  ])('refuses %j', async (argv) => {
    expect((await padwise(...argv, '--lang', 'zh')).err).toMatchSnapshot();
  });

  it.each(['explain', 'why', 'solve', 'compare', 'reach', 'port', 'pads', 'run', ''])(
    'is at most 80 columns wide in the help of %s',
    async (command) => {
      const help = await padwise(...(command === '' ? [] : [command]), '--help', '--lang', 'zh');
      expect(
        help.out.split('\n').filter((line) => stringWidth(line) > 80 && !/^ {2}padwise/.test(line)),
      ).toEqual([]);
    },
  );
});

describe('wrapped', () => {
  it('counts the columns of Chinese and keeps its punctuation on the line', () => {
    const lines = wrapped('注意     ', `${'卷积和填充，'.repeat(12)}kernel_size 为 9`).split('\n');
    expect(lines.map((line) => stringWidth(line)).every((width) => width <= 80)).toBe(true);
    expect(lines.every((line) => !/^\s*[，。]/.test(line))).toBe(true);
    expect(lines.slice(1).every((line) => line.startsWith(' '.repeat(9)))).toBe(true);
  });
});
