// A component that is drawn again only when one of its properties is another.

import { Component, type FunctionComponent, h, type JSX } from 'preact';

/** The component, drawn again only for other properties. */
export function memo<P extends object>(of: (props: P) => JSX.Element): (props: P) => JSX.Element {
  class Kept extends Component<P> {
    override shouldComponentUpdate(next: P): boolean {
      const keys = Object.keys({ ...this.props, ...next }) as (keyof P)[];
      return keys.some((key) => this.props[key] !== next[key]);
    }
    override render(): JSX.Element {
      return h(of as FunctionComponent<P>, this.props as P);
    }
  }
  return Kept as unknown as (props: P) => JSX.Element;
}
