// Nodes of several steps in turn: every tensor of a graph has one name and is made once, so what each step calls x and y
// becomes the tensors between the steps, and everything else gets the step's number.
//
//   step 0   ['x', 'W'] -> ['y']       ['x', 'W'] -> ['h1']
//   step 1   ['x', 'W'] -> ['y']       ['h1', 'W_1'] -> ['y']

/** What a tensor of one of several steps is called. */
export function nameInTurn(name: string, step: number, steps: number): string {
  if (name === '' || (name === 'x' && step === 0) || (name === 'y' && step === steps - 1)) return name;
  if (name === 'x') return `h${step}`;
  if (name === 'y') return `h${step + 1}`;
  return step === 0 ? name : `${name}_${step}`;
}

/** Lines of nodes with their tensors called so; words of attributes stay. */
export function nodesInTurn(lines: readonly string[], step: number, steps: number): readonly string[] {
  return lines.map((line) =>
    line.replace(/\[(?:'\w*'(?:, )?)+\]/g, (names) =>
      names.replace(/'(\w*)'/g, (_, name: string) => `'${nameInTurn(name, step, steps)}'`),
    ),
  );
}

/** Whether a line is a node. */
export function isNode(line: string): boolean {
  return line.startsWith('helper.make_node(');
}
