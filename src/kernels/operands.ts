// What a kernel works on: bare numbers, where they start, and the steps through them. Any layout is a set of steps, so a
// kernel knows none; it never sees a tensor. Element (n, c, z, y, x) of data is data[offset + n*strides.n + c*strides.c + ...].

/** The numbers a kernel reads and writes. */
export type Numbers = Float32Array | Float64Array;

/** Input or output: steps between batches, channels and along each spatial axis. */
export interface DataOperand<Data extends Numbers = Numbers> {
  readonly data: Data;
  readonly offset: number;
  readonly strides: { readonly n: number; readonly c: number; readonly sizes: readonly number[] };
}

/** A conv's weight: steps between groups, filters and channels of one group, and taps along each axis. */
export interface WeightOperand {
  readonly data: Numbers;
  readonly offset: number;
  readonly strides: {
    readonly g: number;
    readonly o: number;
    readonly i: number;
    readonly k: readonly number[];
  };
}

/** One number for each filter. */
export interface BiasOperand {
  readonly data: Numbers;
  readonly offset: number;
  readonly stride: number;
}

/** All a kernel gets; weight only for a conv, bias for a conv or a pad. */
export interface Operands {
  readonly input: DataOperand;
  readonly weight?: WeightOperand;
  readonly bias?: BiasOperand;
  readonly output: DataOperand;
}
