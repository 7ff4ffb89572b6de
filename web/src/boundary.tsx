// Keeps a mistake in one part of the page from taking the rest with it: a sentence stands where the part would, until what it
// was drawn from changes.

import { Component, type ComponentChildren } from 'preact';

/** What a {@link Boundary} takes. */
export interface BoundaryProps {
  /** When this is another, the children are tried again. */
  readonly of: unknown;
  /** What stands where the children failed. */
  readonly otherwise: ComponentChildren;
  readonly children: ComponentChildren;
}

/** The children, or what stands where they failed. */
export class Boundary extends Component<BoundaryProps, { failed: unknown }> {
  override state: { failed: unknown } = { failed: null };

  override componentDidCatch(error: unknown): void {
    console.error(error);
    this.setState({ failed: { of: this.props.of } });
  }

  override render({ of, otherwise, children }: BoundaryProps): ComponentChildren {
    const failed = this.state.failed as { of: unknown } | null;
    return failed !== null && failed.of === of ? otherwise : children;
  }
}
