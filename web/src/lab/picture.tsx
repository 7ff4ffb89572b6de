// A picture through the layer: chosen, dropped or the sample; what comes out, how large it is and how long it took. The picture
// does not leave the browser.

import { say, type Text } from 'padwise/words';
import type { JSX } from 'preact';
import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import { useSpeech } from '../language.tsx';
import { problemOf } from '../layer.ts';
import { CLASSICS, type Classic, isDifference } from './classic.ts';
import { type Computed, obstacle, onPicture } from './computed.ts';
import type { LaterProps } from './later.tsx';
import { decoded, type Pixels, sample, show } from './pixels.ts';

/** The part of the lab that computes. */
export function PictureLab(props: LaterProps): JSX.Element {
  const { t } = useSpeech();
  const id = useId();
  const [picture, setPicture] = useState<Pixels | null>(null);
  const [wrong, setWrong] = useState<Text | null>(null);
  const [kernel, setKernel] = useState<Classic>('blur');
  const [over, setOver] = useState(false);
  const missing = useMemo(obstacle, []);
  const result = useComputed(props, picture, kernel);
  const take = (file: Blob | null | undefined) => {
    if (!file) return;
    decoded(file).then((found) => {
      const good = typeof found !== 'string' && 'data' in found;
      setWrong(good ? null : (found as Text));
      if (good) setPicture(found as Pixels);
    });
  };
  const weighs = props.of.operation === 'conv';
  return (
    <section
      class="picture"
      aria-label={t(say`On a picture`)}
      data-over={over ? '' : undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setOver(false);
        take(event.dataTransfer?.files[0]);
      }}
    >
      <p class="quiet">
        {t(
          say`Drop a picture here or choose one; it stays in your browser. Each colour goes through the layer on its own.`,
        )}
      </p>
      <div class="picture-fields">
        <label class="button" for={`${id}-file`}>
          {t(say`Choose a picture`)}
          <input
            id={`${id}-file`}
            class="unseen"
            type="file"
            accept="image/*"
            onChange={(event) => take(event.currentTarget.files?.[0])}
          />
        </label>
        <button type="button" onClick={() => setPicture(sample())}>
          {t(say`Take the sample`)}
        </button>
        {weighs && (
          <div class="choice">
            <label for={`${id}-kernel`}>{t(say`Its weights`)}</label>
            <select
              id={`${id}-kernel`}
              value={kernel}
              onChange={(event) => setKernel(event.currentTarget.value as Classic)}
            >
              {CLASSICS.map(([name, words]) => (
                <option key={name} value={name}>
                  {t(words)}
                </option>
              ))}
            </select>
          </div>
        )}
      </div>
      {missing !== null && (
        <p class="notice">
          {t(say`WebAssembly is refused here (${missing}), so the slower reference kernels compute.`)}
        </p>
      )}
      {wrong !== null && (
        <p class="wrong" role="alert">
          {t(wrong)}
        </p>
      )}
      {picture !== null && (
        <Results picture={picture} result={result} differences={weighs && isDifference(kernel)} />
      )}
    </section>
  );
}

type Result = Computed | { readonly wrong: Text } | null;

/** The picture through the layer; computed after the page has been drawn, so that fields do not wait for it. */
function useComputed(props: LaterProps, picture: Pixels | null, kernel: Classic): Result {
  const [result, setResult] = useState<Result>(null);
  useEffect(() => {
    if (picture === null) return;
    const timer = setTimeout(() => setResult(computed(props, picture, kernel)), 60);
    return () => clearTimeout(timer);
  }, [props.of, props.spec, props.read, picture, kernel]);
  return result;
}

function computed(props: LaterProps, picture: Pixels, kernel: Classic): Result {
  try {
    const found = onPicture(props, picture, kernel);
    return typeof found !== 'string' && 'pixels' in found ? found : { wrong: found };
  } catch (error) {
    return { wrong: problemOf(error).sentence };
  }
}

function Results({
  picture,
  result,
  differences,
}: {
  readonly picture: Pixels;
  readonly result: Result;
  readonly differences: boolean;
}): JSX.Element {
  const { t } = useSpeech();
  if (result !== null && 'wrong' in result)
    return (
      <p class="wrong" role="alert">
        {t(result.wrong)}
      </p>
    );
  return (
    <div class="pictures">
      <figure>
        <Canvas pixels={picture} differences={false} label={t(say`the picture`)} />
        <figcaption>{`${picture.width} × ${picture.height}`}</figcaption>
      </figure>
      {result !== null && (
        <figure>
          <Canvas
            pixels={result.pixels}
            differences={differences}
            label={t(say`what the layer makes of it`)}
          />
          <figcaption aria-live="polite">
            {`${result.pixels.width} × ${result.pixels.height}`}
            {' · '}
            {t(
              say`${result.milliseconds.toFixed(result.milliseconds < 10 ? 1 : 0)} ms, by ${result.algorithm}`,
            )}
          </figcaption>
        </figure>
      )}
    </div>
  );
}

function Canvas({
  pixels,
  differences,
  label,
}: {
  readonly pixels: Pixels;
  readonly differences: boolean;
  readonly label: string;
}): JSX.Element {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    if (canvas.current) show(canvas.current, pixels, differences);
  }, [pixels, differences]);
  return <canvas ref={canvas} role="img" aria-label={label} />;
}
