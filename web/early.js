// Runs while the page's own scripts are on their way. index.html holds the first view in English (still-build.ts), unseen: it
// is shown to who wants just that, in the right theme; for who wants something else its files are asked for at once. A button
// pressed meanwhile is pressed again when the page can answer (main.tsx).
// The language is chosen as in language.tsx, the theme as in appearance.tsx, the screen as in address.ts.

(() => {
  const NEEDS = {};
  const root = document.documentElement;
  const remembered = (name, known) => {
    try {
      const kept = localStorage.getItem(`padwise.${name}`);
      return known.includes(kept) ? kept : null;
    } catch {
      return null;
    }
  };
  const language =
    remembered('language', ['en', 'zh']) ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
  const chosen = remembered('theme', ['light', 'dark']);
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  const named = location.hash.split('/')[1];
  const screen = Object.hasOwn(NEEDS, named) ? named : 'lab';

  // The page may have been drawn already, where this file was slow.
  if (root.dataset.shown === undefined) {
    root.dataset.theme = chosen ?? system;
    if (language === 'zh') root.lang = 'zh-CN';
    else if (['', '#v1/lab'].includes(location.hash))
      root.dataset.shown = chosen === null ? 'still' : 'still themed';
  }

  for (const file of NEEDS[screen]?.[language] ?? []) {
    const link = document.createElement('link');
    link.rel = file.endsWith('.css') ? 'preload' : 'modulepreload';
    if (file.endsWith('.css')) link.as = 'style';
    link.crossOrigin = '';
    link.href = `./${file}`;
    document.head.append(link);
  }

  let last = null;
  const listen = ({ target }) => {
    last = target.closest('button');
  };
  addEventListener('click', listen, true);
  window.pressed = () => {
    removeEventListener('click', listen, true);
    return last;
  };
})();
