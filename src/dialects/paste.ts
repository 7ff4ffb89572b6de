// A pasted text as a syntax tree, and where in it something went wrong.
//
//   >>> conv = nn.Conv2d(3, 6, “same”)        what came out of a console, a page or a chat
//   ffffconv = nn.Conv2d(3, 6, "same")        what the parser is given (f: a form feed), equally long
//
// Prompts and indentations become form feeds, which Python does not count as indentation; typographic look-alikes become
// the ASCII they stand for. Every character stays in its place, so every offset is one into the pasted text.

import type { SyntaxNode, SyntaxNodeRef, Tree } from '@lezer/common';
import { parser } from '@lezer/python';
import stringWidth from 'string-width';
import { say, type Text } from '../words/index.ts';
import { flattened } from './classes.ts';
import { DialectError } from './error.ts';

const LONGEST = 20_000;
const DEEPEST = 32;
const WIDTH = 76;
/** How much of a line is looked at on each side of an offset. */
const NEAR = 1000;

/** What padwise reads, for the end of a sentence. */
export const LAYER = 'a layer, such as nn.Conv2d(3, 6, 4)';
/** What padwise reads of a model. */
export const LAYERS = 'layers in turn: lines of them, a list, nn.Sequential(...), or model.add(...)';

const LOOKALIKES: ReadonlyMap<string, string> = new Map(
  [
    ['"', '“”„‟＂'],
    ["'", '‘’‚‛＇'],
    ['-', '−–'],
    ['(', '（'],
    [')', '）'],
    [',', '，'],
    ['=', '＝'],
    [' ', '\u00a0\u2007\u202f\u3000\ufeff'],
  ].flatMap(([ascii = '', alike = '']) => [...alike].map((character) => [character, ascii] as const)),
);

const PROMPT = /^[ \t]*(?:>>>|\.\.\.:?|In \[\d+\]:)(?=[ \t]|$)/gm;
/** Prints names and words: print("size:", x.shape). */
const PRINT = /^[ \t]*print\([^()\n]*(?:\(\d*\)[^()\n]*)*\)[ \t]*(?=#|\r?$)/gm;
/** What JavaScript and Rust write before a name. */
const DECLARATION = /^[ \t]*(?:export[ \t]+)?(?:const|let[ \t]+mut|let|var)[ \t]+(?=[A-Za-z_])/gm;
const BEFORE_VALUES = /(?<=[=(,[]\s*)(?:new[ \t]+|await[ \t]+|&(?:mut[ \t]+)?)(?=[A-Za-z_])/g;
const SLASHES = /(?<=^[ \t]*|[;,({][ \t]*|\)[ \t]*(?=\/\/ *[a-z]))\/\//gim;
/** A method on a line of its own continues the line before. */
const NEXT_METHOD = /\r?\n(?=[ \t]*\.[A-Za-z_])/g;
const INDENTATION = /^[ \t]+(?=[^\s#])/gm;
/** A decimal that ends in its point, `1.`, which the grammar does not know. */
const TRAILING_POINT = /(?<![\w.])(\d[\d_]*)\.(?!\d)/g;

const CLOSERS: ReadonlyMap<string, string> = new Map(Object.entries({ '(': ')', '[': ']', '{': '}' }));
const VALUE_ENDS: ReadonlySet<string> = new Set(
  'Number String FormatString VariableName PropertyName Boolean None Ellipsis ) ] }'.split(' '),
);
const VALUE_FOLLOWS: ReadonlySet<string> = new Set('( [ { , : * ** AssignOp ArithOp BitOp'.split(' '));

const FOUND: Readonly<Record<string, string>> = {
  ArrayComprehensionExpression: 'a comprehension',
  AssertStatement: 'an assert',
  AwaitExpression: 'an await',
  Boolean: 'True or False',
  CallExpression: 'a call',
  ClassDefinition: 'a class',
  ComprehensionExpression: 'a comprehension',
  ConditionalExpression: 'a conditional',
  ContinuedString: 'a word in several pieces',
  DecoratedStatement: 'a decorator',
  DeleteStatement: 'a del',
  DictionaryComprehensionExpression: 'a comprehension',
  DictionaryExpression: 'a dictionary',
  Ellipsis: 'an ellipsis',
  ForStatement: 'a for loop',
  FormatString: 'an f-string',
  FunctionDefinition: 'a def',
  IfStatement: 'an if',
  LambdaExpression: 'a lambda',
  MatchStatement: 'a match',
  NamedExpression: 'an assignment inside an expression',
  None: 'None',
  Number: 'a number',
  PassStatement: 'a pass',
  PrintStatement: 'a print',
  RaiseStatement: 'a raise',
  SetComprehensionExpression: 'a comprehension',
  SetExpression: 'a set',
  String: 'a word in quotes',
  TryStatement: 'a try',
  UpdateStatement: 'an update in place',
  VariableName: 'a name',
  WhileStatement: 'a while loop',
  WithStatement: 'a with',
  YieldStatement: 'a yield',
};

/** A pasted text and its syntax tree; `broken` is its first syntax error, if any; the rest is as a class has it. */
export interface Paste {
  readonly code: string;
  readonly top: SyntaxNode;
  readonly broken: DialectError | null;
  readonly forward: number;
  readonly defaults: ReadonlyMap<string, number>;
}

/**
 * The syntax tree of a pasted text of at most 20 000 characters, with brackets at most 32 deep.
 * @throws DialectError 'code' for a longer or deeper one
 */
export function parsePaste(code: string): Paste {
  if (code.length > LONGEST) {
    const sentence = say`expected at most ${LONGEST} characters of code, received ${code.length}`;
    throw new DialectError('code', sentence, { offset: LONGEST });
  }
  const { code: lines, forward, defaults } = flattened(code);
  const tree = parser.parse(plain(lines));
  return { code, top: tree.topNode, broken: survey(code, tree), forward, defaults };
}

function plain(code: string): string {
  return code
    .replace(/[\u0080-\uffff]/g, (character) => LOOKALIKES.get(character) ?? character)
    .replace(PROMPT, blank)
    .replace(PRINT, blank)
    .replace(DECLARATION, blank)
    .replace(BEFORE_VALUES, blank)
    .replace(NEXT_METHOD, blank)
    .replace(SLASHES, '# ')
    .replace(/(?<=\w)::(?=\w)/g, ' .')
    .replace(INDENTATION, (margin) => '\f'.repeat(margin.length))
    .replace(TRAILING_POINT, '$1_');
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}

/** The pasted text of a node. */
export function textOf(paste: Paste, node: SyntaxNodeRef): string {
  return paste.code.slice(node.from, node.to);
}

/** The parts of a node that mean something: no punctuation, no comments, no syntax errors. */
export function parts(node: SyntaxNode): SyntaxNode[] {
  return children(node).filter(({ name }) => !'()[],;'.includes(name));
}

/** The children of a node, comments and syntax errors left out. */
export function children(node: SyntaxNode): SyntaxNode[] {
  const list: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== 'Comment' && !child.type.isError) list.push(child);
  }
  return list;
}

/**
 * Says what stands where something else was expected.
 * @throws DialectError 'code', always
 */
export function refuse(paste: Paste, node: SyntaxNode, expected: Text, found: Text = foundAt(node)): never {
  return fail(paste, node.from, say`${found} is not read; expected ${expected}`);
}

/**
 * Refuses the text at an offset: `line 2, column 14: sentence`.
 * @throws DialectError 'code', always
 */
export function fail(paste: Paste, offset: number, sentence: Text): never {
  throw codeError(paste.code, offset, sentence);
}

/** The error of the text at an offset: `line 2, column 14: sentence`. */
export function codeError(code: string, offset: number, sentence: Text): DialectError {
  const before = code.slice(0, offset).split(/\r\n|\r|\n/);
  const column = (before.at(-1) as string).length + 1;
  return new DialectError('code', say`line ${before.length}, column ${column}: ${sentence}`, { offset });
}

function foundAt(node: SyntaxNode): Text {
  if (node.name === 'BinaryExpression' || node.name === 'UnaryExpression')
    return (node.getChild('ArithOp') ?? node.getChild('BitOp')) ? say`arithmetic` : 'a condition';
  if (node.name === 'MemberExpression')
    return node.lastChild?.name === 'PropertyName' ? 'an attribute' : 'a subscript';
  return FOUND[node.name] ?? say`this`;
}

/** Walks over every bracket and token, and tells of the first syntax error by what stands before it. */
function survey(code: string, tree: Tree): DialectError | null {
  const cursor = tree.cursor();
  const open: string[] = [];
  let broken: DialectError | null = null;
  let last = { name: '', to: 0 };
  do {
    const { name, from, to } = cursor;
    if (cursor.type.isError) broken ??= syntaxError(code, cursor.node, last, open.at(-1));
    else if (to > from && (VALUE_ENDS.has(name) || VALUE_FOLLOWS.has(name))) {
      const closer = CLOSERS.get(name);
      if (closer !== undefined) open.push(closer);
      else if (name === open.at(-1)) open.pop();
      if (open.length > DEEPEST)
        throw broken ?? codeError(code, from, say`expected brackets at most ${DEEPEST} deep`);
      last = { name, to };
    }
  } while (cursor.next());
  return broken;
}

function syntaxError(
  code: string,
  node: SyntaxNode,
  last: { readonly name: string; readonly to: number },
  closer: string | undefined,
): DialectError {
  const around = node.parent as SyntaxNode;
  if (around.name === 'String' || around.name === 'FormatString')
    return codeError(code, around.from, 'this quote is never closed');
  const text = code.slice(node.from, node.to);
  if (closer === undefined && /^[)\]}]$/.test(text))
    return codeError(code, node.from, say`this ${text} closes nothing`);
  const apart = text === '' || /[\r\n]/.test(code.slice(last.to, node.from));
  const offset = apart ? last.to : node.from;
  if (VALUE_FOLLOWS.has(last.name)) return codeError(code, offset, 'expected a value');
  if (closer !== undefined) return codeError(code, offset, say`expected ${closer} or a comma`);
  return codeError(code, node.from, 'this is not Python that padwise reads');
}

/**
 * Two lines for a terminal: the line of the text that holds the offset, cut to 76 columns around it, and a caret under it.
 * An offset outside the text is moved to its nearest end.
 */
export function pointAt(code: string, offset: number): string {
  const at = Math.min(Math.max(0, Math.trunc(offset) || 0), code.length);
  const before = code
    .slice(0, at)
    .split(/\r\n|\r|\n/)
    .at(-1) as string;
  const after = code.slice(at).split(/[\r\n]/, 1)[0] as string;
  const line = columns(before.slice(-NEAR) + after.slice(0, NEAR));
  const column = columns(before.slice(-NEAR)).length;
  const from = Math.max(0, Math.min(column - WIDTH / 2, line.length + 1 - WIDTH));
  const head = from > 0 ? '...' : '';
  const tail = line.length - from > WIDTH ? '...' : '';
  const shown = head + cut(line, from + head.length, from + WIDTH - tail.length) + tail;
  return `${shown}\n${' '.repeat(column - from)}^`;
}

/** What stands in each column of a terminal; a character that is two wide leaves the second one empty. */
function columns(text: string): string[] {
  const cells: string[] = [];
  for (const character of text.replace(/\p{Cc}/gu, ' ')) {
    const width = character < '\u007f' ? 1 : stringWidth(character);
    if (width === 0 && cells.length > 0) cells[cells.length - 1] += character;
    else cells.push(character, ...Array<string>(Math.max(0, width - 1)).fill(''));
  }
  return cells;
}

/** The columns of a range; of a character that lies half in it, a space. */
function cut(cells: readonly string[], from: number, to: number): string {
  const within = cells.slice(from, to);
  if (within[0] === '') within[0] = ' ';
  if (within.length > 0 && cells[to] === '') within[within.length - 1] = ' ';
  return within.join('');
}
