// The site: the same pages in English and in Chinese.

import { defineConfig } from 'vitepress';

const PAGES = [
  [
    ['The two questions', '两个问题'],
    ['why-32', 'Why 32 and not 31?', '为什么是 32 而不是 31？'],
    ['lesson', 'The lesson: padding and stride', '这一课：填充和步幅'],
  ],
  [
    ['Others have asked', '别人还问过'],
    [
      'stable-diffusion',
      'Why does Stable Diffusion pad (0, 1, 0, 1)?',
      'Stable Diffusion 为什么要填充 (0, 1, 0, 1)？',
    ],
    [
      'torch-same-stride',
      'Why does PyTorch refuse same with a stride?',
      'PyTorch 为什么不允许带步幅的 same？',
    ],
    ['same-upper-lower', 'SAME_UPPER or SAME_LOWER?', 'SAME_UPPER 还是 SAME_LOWER？'],
    ['ceil-mode', 'The hidden rule of ceil_mode', 'ceil_mode 的隐藏规则'],
    ['output-padding', 'What is output_padding?', 'output_padding 是什么？'],
    ['reach', 'What does one output see?', '一个输出看得到多少输入？'],
  ],
  [
    ['To look up', '查阅'],
    ['draw', 'Figures of any layer', '任何一层的图'],
    ['command-line', 'The command line', '命令行'],
    ['frameworks', 'All frameworks in one table', '所有框架，一张表'],
  ],
  [
    ['Inside', '内部'],
    ['engine', 'How the engine works', '引擎怎样工作'],
  ],
] as const;

const sidebar = (folder: string, language: 0 | 1) =>
  PAGES.map(([heading, ...pages]) => ({
    text: heading[language],
    items: pages.map((page) => ({ text: page[language + 1], link: `/${folder}${page[0]}` })),
  }));

/** A command, on several lines where a quote stays open. */
const COMMAND = /^\$ (?:'[^']*'|"[^"]*"|[^'"\n])*$/gm;

/**
 * Blocks in columns. Wide characters take two of them and the dots of a drawing one, whatever font the reader has; what a
 * program printed is told from what was typed.
 */
const columns = {
  name: 'columns',
  line(this: { source: string; options: { lang: string } }, node: { properties: object }, line: number) {
    if (this.options.lang !== 'console') return;
    const typed = [...this.source.matchAll(COMMAND)].some(({ 0: command, index }) => {
      const first = this.source.slice(0, index).split('\n').length;
      return line >= first && line < first + command.split('\n').length;
    });
    if (!typed) node.properties = { ...node.properties, class: 'line printed' };
  },
  postprocess: (html: string) =>
    html.replace(/>([^<]+)</g, (_, text: string) => {
      const spaced = text
        .replaceAll(/[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uff60]/g, '<span class="wide">$&</span>')
        .replaceAll(/[○●]/g, '<span class="dot">$&</span>');
      return `>${spaced}<`;
    }),
};

type Rule = (tokens: Token[], index: number, ...rest: unknown[]) => string;
interface Token {
  attrs: [string, string][] | null;
}

/** A figure twice, in the colours of a light page and of a dark one: the style sheet shows one of them. */
const themed = (markdown: { renderer: { rules: { image?: Rule } } }) => {
  const usual = markdown.renderer.rules.image as Rule;
  markdown.renderer.rules.image = (tokens, index, ...rest) => {
    const token = tokens[index] as Token;
    const attributes = token.attrs ?? [];
    const path = attributes.find(([name]) => name === 'src')?.[1] ?? '';
    if (!/figures\/[a-z.]+\.svg$/.test(path)) return usual(tokens, index, ...rest);
    return [path, path.replace(/\.svg$/, '.dark.svg')]
      .map((one, i) => {
        const others = attributes.filter(([name]) => name !== 'src');
        token.attrs = [...others, ['src', one], ['class', i === 0 ? 'on-light' : 'on-dark']];
        return usual(tokens, index, ...rest);
      })
      .join('');
  };
};

export default defineConfig({
  title: 'padwise',
  description: 'What padding and stride do, in every framework, to the last pixel',
  cleanUrls: false,
  lastUpdated: false,
  head: [['link', { rel: 'icon', href: '/icon.svg' }]],
  markdown: { codeTransformers: [columns], config: themed },
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: { sidebar: sidebar('', 0) },
    },
    zh: {
      label: '中文',
      lang: 'zh-CN',
      description: '填充和步幅在每个框架里到底做了什么，精确到最后一个像素',
      themeConfig: {
        sidebar: sidebar('zh/', 1),
        outline: { label: '本页内容' },
        docFooter: { prev: '上一页', next: '下一页' },
        langMenuLabel: '语言',
        returnToTopLabel: '回到顶部',
        sidebarMenuLabel: '目录',
        darkModeSwitchLabel: '深色模式',
        lightModeSwitchTitle: '换成浅色',
        darkModeSwitchTitle: '换成深色',
        skipToContentLabel: '跳到正文',
        notFound: {
          title: '没有这一页',
          quote: '请从目录里选一页，或者搜索。',
          linkLabel: '回到首页',
          linkText: '回到首页',
        },
      },
    },
  },
  themeConfig: {
    aside: false,
    search: {
      provider: 'local',
      options: {
        // Chinese has no spaces between words: each pair of neighbouring characters is one.
        miniSearch: {
          options: {
            tokenize: (text: string) =>
              text
                .split(
                  /[\s\p{P}\p{S}]+|(?<=[\u2e80-\u9fff])(?![\u2e80-\u9fff])|(?<![\u2e80-\u9fff])(?=[\u2e80-\u9fff])/u,
                )
                .flatMap((word) =>
                  /^[\u2e80-\u9fff]{2}/.test(word)
                    ? Array.from(word.slice(1), (_, i) => word.slice(i, i + 2))
                    : [word],
                )
                .filter(Boolean),
          },
        },
        locales: {
          zh: {
            translations: {
              button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
              modal: {
                displayDetails: '显示详情',
                noResultsText: '没有结果',
                resetButtonTitle: '清除',
                backButtonTitle: '关闭',
                footer: { selectText: '选择', navigateText: '切换', closeText: '关闭' },
              },
            },
          },
        },
      },
    },
  },
});
