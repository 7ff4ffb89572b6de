// The page of a frame: its fragment is the drawing line, its query may say theme, lang, step and play.
//
//   embed.html?lang=zh&theme=dark&step=3#window%201x1x8x8%20k3%20s2%20p1%20-%3E%201
//
// Plain JavaScript, as it is served: it only hands the address to the element as attributes.

const figure = document.querySelector('padwise-figure');

function shown() {
  let line = location.hash.slice(1);
  try {
    line = decodeURIComponent(line);
  } catch {
    // What cannot be decoded is given as it is; the element says that it is no figure.
  }
  const asked = new URLSearchParams(location.search);
  for (const name of ['step', 'play', 'theme', 'lang']) {
    const value = asked.get(name);
    if (value !== null) figure.setAttribute(name, value);
  }
  const { lang } = figure;
  if (lang !== '') document.documentElement.lang = lang;
  document.documentElement.dataset.theme = asked.get('theme') ?? 'auto';
  figure.setAttribute('figure', line);
}

addEventListener('hashchange', shown);
shown();
