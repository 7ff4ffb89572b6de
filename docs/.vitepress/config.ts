// The site: the same pages in English and in Chinese.

import { defineConfig } from 'vitepress';

const PAGES = [
  ['lesson', 'The lesson: padding and stride', '这一课：填充和步幅'],
  ['why-32', 'Why 32 and not 31?', '为什么是 32 而不是 31？'],
  [
    'stable-diffusion',
    'Why does Stable Diffusion pad (0, 1, 0, 1)?',
    'Stable Diffusion 为什么要填充 (0, 1, 0, 1)？',
  ],
  ['torch-same-stride', 'Why does PyTorch refuse same with a stride?', 'PyTorch 为什么拒绝带步幅的 same？'],
  ['same-upper-lower', 'SAME_UPPER or SAME_LOWER?', 'SAME_UPPER 还是 SAME_LOWER？'],
  ['ceil-mode', 'The hidden rule of ceil_mode', 'ceil_mode 的隐藏规则'],
  ['output-padding', 'What is output_padding?', 'output_padding 是什么？'],
  ['frameworks', 'All frameworks in one table', '所有框架，一张表'],
] as const;

const sidebar = (folder: string, language: 1 | 2) =>
  PAGES.map((page) => ({ text: page[language], link: `/${folder}${page[0]}` }));

export default defineConfig({
  title: 'padwise',
  description: 'What padding and stride do, in every framework, to the last pixel',
  cleanUrls: false,
  lastUpdated: false,
  locales: {
    root: {
      label: 'English',
      lang: 'en',
      themeConfig: { sidebar: sidebar('', 1) },
    },
    zh: {
      label: '中文',
      lang: 'zh-CN',
      description: '填充和步幅在每个框架里到底做了什么，精确到最后一个像素',
      themeConfig: {
        sidebar: sidebar('zh/', 2),
        outline: { label: '本页内容' },
        docFooter: { prev: '上一页', next: '下一页' },
        langMenuLabel: '语言',
        returnToTopLabel: '回到顶部',
        sidebarMenuLabel: '目录',
        darkModeSwitchLabel: '深色模式',
      },
    },
  },
  themeConfig: {
    aside: false,
    search: {
      provider: 'local',
      options: {
        locales: {
          zh: {
            translations: {
              button: { buttonText: '搜索', buttonAriaLabel: '搜索' },
              modal: {
                noResultsText: '没有结果',
                resetButtonTitle: '清除',
                footer: { selectText: '选择', navigateText: '切换', closeText: '关闭' },
              },
            },
          },
        },
      },
    },
  },
});
