// <padwise-figure>: a figure on anyone's page.
//
//   <script defer src="padwise-figure.js"></script>
//   <padwise-figure figure="window 1x1x8x8 k3 s2 p1 -> 1" step="3" play theme="auto" lang="en"></padwise-figure>
//
// All of it lives in a shadow root, its style in an adopted sheet, so that it works under a policy that forbids inline styles
// and scripts. Nothing from an attribute becomes HTML: the drawing line is parsed, bounded and drawn as SVG elements.

import { render } from 'preact';
import style from './element.css?inline';
import { ElementView } from './element-view.tsx';
import { languageOf } from './element-words.ts';

const OBSERVED = ['figure', 'step', 'play', 'theme', 'lang'] as const;
let sheet: CSSStyleSheet | null = null;

/** The element; a custom element has to be a class. Sends a bubbling `step` event whose detail is the new step. */
class PadwiseFigure extends HTMLElement {
  static readonly observedAttributes: readonly string[] = OBSERVED;
  readonly #root: ShadowRoot = this.attachShadow({ mode: 'open' });

  constructor() {
    super();
    if (sheet === null) {
      sheet = new CSSStyleSheet();
      sheet.replaceSync(style);
    }
    this.#root.adoptedStyleSheets = [sheet];
  }

  connectedCallback(): void {
    this.#draw();
  }

  /** An element that is only moved keeps its step. */
  disconnectedCallback(): void {
    queueMicrotask(() => {
      if (!this.isConnected) render(null, this.#root);
    });
  }

  attributeChangedCallback(): void {
    if (this.isConnected) this.#draw();
  }

  #draw(): void {
    const said = (name: string) => this.getAttribute(name);
    render(
      <ElementView
        line={said('figure') ?? ''}
        step={wholeNumber(said('step'))}
        play={said('play') !== null && said('play') !== 'false'}
        theme={said('theme') ?? 'auto'}
        language={languageOf(said('lang') ?? this.closest('[lang]')?.getAttribute('lang') ?? '')}
        onStep={(step) =>
          this.dispatchEvent(new CustomEvent('step', { detail: step, bubbles: true, composed: true }))
        }
      />,
      this.#root,
    );
  }
}

function wholeNumber(text: string | null): number {
  return text !== null && /^\d{1,9}$/.test(text) ? Number(text) : 0;
}

if (customElements.get('padwise-figure') === undefined)
  customElements.define('padwise-figure', PadwiseFigure);
