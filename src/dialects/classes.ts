// A pasted class as the lines it holds: its headers are blanked, and what is left is read like any other paste. The layers
// that __init__ makes count where the forward pass calls them; a number that a parameter has by default stands for its name.
//
//   class Net(nn.Module):                                 (blank)
//       def __init__(self, classes=10):                   (blank)      classes stands for 10
//           super().__init__()                            (blank)
//           self.conv = nn.Conv2d(3, 6, 5)                self.conv = nn.Conv2d(3, 6, 5)
//       def forward(self, x):                             (blank)
//           return self.conv(x)                           return self.conv(x)
//
// Several classes, other methods and statements are left as they stand, to be refused there.

const END = '[ \\t]*(?:->[^:\\n]*)?:[ \\t]*(?:#[^\\n]*)?$';
const LIST = '\\(((?:[^()]|\\([^()]*\\))*)\\)';
const CLASS = new RegExp(`^[ \\t]*class[ \\t]+(\\w+)(?:[ \\t]*${LIST})?${END}`, 'gm');
const MAKES = new RegExp(`^[ \\t]*def[ \\t]+(?:__init__|setup)[ \\t]*${LIST}${END}`, 'gm');
const APPLIES = new RegExp(
  `^[ \\t]*def[ \\t]+(?:forward|call|__call__|hybrid_forward)[ \\t]*${LIST}${END}`,
  'gm',
);
const ANY_HEADER = /^[ \t]*(?:async[ \t]+)?(?:def|class)[ \t]/gm;
/** What stands around the layers, and what makes one of the class. */
const CEREMONY =
  /^[ \t]*(?:super\([^()\n]*\)\.__init__\([^()\n]*\)|@(?:\w+\.)*compact|(\w+)[ \t]*=[ \t]*(\w+)\(\))[ \t]*(?=#|$)/gm;
const DEFAULT = /\b(\w+)[ \t]*(?::[^,=():]*)?=[ \t]*(\d{1,9})[ \t]*(?=,|$)/g;

/** A paste without the headers of its class, as long as before. */
export interface Flattened {
  readonly code: string;
  /** Where the forward pass begins: a layer made before it counts only where it is called. 0 without one. */
  readonly forward: number;
  /** Numbers that parameters have by default. */
  readonly defaults: ReadonlyMap<string, number>;
}

/** Blanks the headers of the only class of a paste; a paste that is no class stays as it is. */
export function flattened(code: string): Flattened {
  const [classes, makes, applies] = [CLASS, MAKES, APPLIES].map((header) => [...code.matchAll(header)]);
  const [own] = classes ?? [];
  const [make] = makes ?? [];
  const [apply] = applies ?? [];
  const known = [own, make, apply].filter((header) => header !== undefined);
  const inTurn = known.every((header, i) => i === 0 || header.index > (known[i - 1]?.index ?? 0));
  if (
    own === undefined ||
    known.length < 2 ||
    !inTurn ||
    [...code.matchAll(ANY_HEADER)].length !== known.length
  )
    return { code, forward: 0, defaults: new Map() };
  const headers = new Set(known.map(([text]) => text));
  const blanked = [...headers].reduce((text, header) => text.replace(header, blank(header)), code);
  const parameters = (make?.[1] ?? '').replace(/\s+/g, ' ');
  return {
    code: blanked.replace(CEREMONY, (line, _, made) =>
      made === undefined || made === own[1] ? blank(line) : line,
    ),
    forward: make === undefined ? 0 : (apply?.index ?? 0),
    defaults: new Map([...parameters.matchAll(DEFAULT)].map(([, name = '', value]) => [name, Number(value)])),
  };
}

/** As many spaces; its lines stay lines. */
function blank(text: string): string {
  return text.replace(/[^\n\r]/g, ' ');
}
