// What every lesson is given: what its figures show, and a way to change that, so that the address opens what was seen.

import type { Text } from 'padwise/words';
import { type ComponentChildren, createContext, type JSX } from 'preact';
import { useContext } from 'preact/hooks';
import type { How } from '../screens.tsx';
import { changed, type Fields, type Place, printValues, readValues, type Values } from './places.ts';

/** The places of the lesson that is open. */
export interface Open {
  readonly places: readonly Place[];
  readonly show: (places: readonly Place[], how: How) => void;
}

const Context = createContext<Open>({ places: [], show: () => {} });

/** Gives a lesson its places. */
export function Opened({
  open,
  children,
}: {
  readonly open: Open;
  readonly children: ComponentChildren;
}): JSX.Element {
  return <Context.Provider value={open}>{children}</Context.Provider>;
}

/** A figure's answers and step, and how to change them. */
export interface Experiment<F extends Fields> {
  readonly values: Values<F>;
  /** What of the address was not understood. */
  readonly wrong: Text | null;
  /** null where the figure chooses. */
  readonly step: number | null;
  /** Other answers; the step is forgotten, since it may mean something else now. */
  readonly set: (values: Partial<Values<F>>, how?: How) => void;
  readonly go: (step: number, how: How) => void;
}

/** The figure `name` of the lesson that is open; `fields` is what it can be asked. */
export function useExperiment<F extends Fields>(name: string, fields: F): Experiment<F> {
  const { places, show } = useContext(Context);
  const place = places.find((one) => one.name === name) ?? { name, values: [], step: null };
  const { values, wrong } = readValues(place.values, fields);
  return {
    values,
    wrong,
    step: place.step,
    set: (some, how = 'push') => {
      const next = printValues({ ...values, ...some }, fields);
      show(changed(places, { name, values: next, step: null }), how);
    },
    go: (step, how) => show(changed(places, { ...place, step }), how),
  };
}
