// The rows where padwise does not follow a run, each for a reason that oracle/DISAGREEMENTS.md tells with the numbers.

interface Disagreement {
  readonly framework: string;
  readonly fixtures: readonly string[];
  /** Whether this row is meant: its values by column and the answer, or a numeric case's code as `code`. */
  readonly covers: (row: Readonly<Record<string, string>>) => boolean;
  /** The heading in DISAGREEMENTS.md. */
  readonly heading: string;
}

export const DISAGREEMENTS: readonly Disagreement[] = [
  {
    framework: 'torch',
    fixtures: ['pad1d', 'pad1d-layer'],
    heading: 'PyTorch: circular padding of an input that is cropped away',
    covers: ({ mode, layer, size, before, after, answer }) => {
      const [low, high] = [Number(before), Number(after)];
      const left = Number(size) + Math.min(low, 0) + Math.min(high, 0);
      const circular = mode === "'circular'" || layer === 'CircularPad1d';
      return (
        circular && answer?.startsWith('!') === false && (left < 0 || (left === 0 && Math.max(low, high) > 0))
      );
    },
  },
];

/** The heading under which a row is excused; undefined for all that must agree. */
export function disagreement(
  framework: string,
  fixture: string,
  row: Readonly<Record<string, string>>,
): string | undefined {
  const found = DISAGREEMENTS.find(
    (one) => one.framework === framework && one.fixtures.includes(fixture) && one.covers(row),
  );
  return found?.heading;
}
