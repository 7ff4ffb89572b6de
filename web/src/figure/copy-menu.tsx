// Taking a figure along: as a link, as SVG, PNG, Markdown, a frame for other pages; or as a file. Each says what came of it.

import { animatedSvg, type Figure, svg } from 'padwise/draw';
import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { useAppearance } from '../appearance.tsx';
import { copyText, useTold } from '../controls/copyable.tsx';
import { useSpeech } from '../language.tsx';

/** What a {@link CopyMenu} takes. */
export interface CopyMenuProps {
  readonly figure: Figure;
  readonly frame: number;
  /** What files are called, without their ending. */
  readonly name?: string;
}

/** A menu of what a figure can be copied or saved as. */
export function CopyMenu({ figure, frame, name = 'padwise' }: CopyMenuProps): JSX.Element {
  const { t, language, catalogue } = useSpeech();
  const { theme } = useAppearance();
  const [told, tell] = useTold();
  const menu = useRef<HTMLDetailsElement>(null);
  useClosing(menu);
  const index = Math.min(frame, figure.frames - 1);
  const options = { theme, catalogue, language };
  const drawn = () => svg(figure.frame(index), figure.source, options);
  const title = () => t(figure.frame(index).title);
  const entry = (words: Text, does: () => Promise<unknown>, good: Text) => (
    <li>
      <button
        type="button"
        onClick={() => {
          tell(does(), good);
          menu.current?.removeAttribute('open');
          menu.current?.querySelector('summary')?.focus();
        }}
      >
        {t(words)}
      </button>
    </li>
  );
  const copied = say`Copied.`;
  const saved = say`Saved.`;
  return (
    <span class="copy-menu">
      <details ref={menu}>
        <summary class="button">{t(say`Copy or save`)}</summary>
        <ul>
          {entry(say`Copy the link`, () => copyText(location.href), copied)}
          {entry(say`Copy as SVG`, () => copyText(drawn()), copied)}
          {entry(say`Copy as PNG`, () => copyPicture(drawn()), copied)}
          {entry(say`Copy as Markdown`, () => copyText(`[${title()}](${linked()})`), copied)}
          {entry(say`Copy as iframe`, () => copyText(framed(figure, index, language, title())), copied)}
          {entry(say`Save as SVG`, async () => save(`${name}.svg`, textFile(drawn())), saved)}
          {entry(say`Save as PNG`, async () => save(`${name}.png`, await picture(drawn())), saved)}
          {figure.frames > 1 && (
            <>
              {entry(
                say`Save as moving SVG`,
                async () => save(`${name}.svg`, textFile(animatedSvg(figure, 1000, options))),
                saved,
              )}
              {entry(
                say`Save as GIF`,
                async () => {
                  const { gif } = await import('./gif.ts');
                  save(`${name}.gif`, await gif(figure, options));
                },
                saved,
              )}
            </>
          )}
        </ul>
      </details>
      <span class="told" role="status">
        {told === null ? '' : t(told)}
      </span>
    </span>
  );
}

/** The address, its brackets encoded, so that Markdown does not end at one of them. */
function linked(): string {
  return location.href.replace(/[()]/g, (one) => `%${one.charCodeAt(0).toString(16)}`);
}

/** A frame with the figure alone, opened at the step that is shown. */
function framed(figure: Figure, step: number, language: string, title: string): string {
  const { href } = new URL(
    `embed.html?step=${step}&lang=${language}#${encodeURIComponent(figure.source)}`,
    location.href,
  );
  const quoted = (text: string) =>
    text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${quoted(href)}" title="${quoted(title)}" width="800" height="640" loading="lazy"></iframe>`;
}

function textFile(text: string): Blob {
  return new Blob([text], { type: 'image/svg+xml' });
}

async function copyPicture(text: string): Promise<void> {
  await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture(text) })]);
}

/** An SVG as PNG, two pixels a unit. */
async function picture(text: string): Promise<Blob> {
  const canvas = await painted(text, 2);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob === null ? failed(new Error('no picture')) : done(blob)), 'image/png'),
  );
}

/** An SVG on a canvas, `scale` pixels a unit. */
export async function painted(text: string, scale: number): Promise<HTMLCanvasElement> {
  const address = URL.createObjectURL(textFile(text));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.ceil(image.naturalWidth * scale);
    canvas.height = Math.ceil(image.naturalHeight * scale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(address);
  }
}

function save(name: string, file: Blob): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/** A menu closes on Escape and on a click elsewhere. */
function useClosing(menu: { readonly current: HTMLDetailsElement | null }): void {
  useEffect(() => {
    const clicked = (event: Event) => {
      if (!menu.current?.contains(event.target as Node)) menu.current?.removeAttribute('open');
    };
    const pressed = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !menu.current?.open) return;
      menu.current.removeAttribute('open');
      menu.current.querySelector('summary')?.focus();
    };
    addEventListener('pointerdown', clicked);
    addEventListener('keydown', pressed);
    return () => {
      removeEventListener('pointerdown', clicked);
      removeEventListener('keydown', pressed);
    };
  }, [menu]);
}
