// The Python of a dynamic port, evaluated: the sizes it reads off x, the totals it names, and every expression in its
// arguments. A grammar of its own, small on purpose, so that it cannot agree with the printer by accident:
//
//   sum := product (('+' | '-') product)*      product := factor (('*' | '//' | '%') factor)*
//   factor := '-' factor | integer | name | max(sum, sum) | (sum) | (integer, ...)[sum]

const TOKEN = /\s*(\d+|[A-Za-z_]\w*|\/\/|[-+*%()[\],])/y;

type Names = Map<string, number>;

/** The statements that are left, every expression a number. `shape` is that of x in the framework's own layout. */
export function evaluated(lines: readonly string[], shape: readonly number[]): string[] {
  const names: Names = new Map();
  return lines.flatMap((line) => {
    const [, targets, from, to] = /^([a-z, ]+) = x\.shape\[(-?\d*)(:?-?\d*)\]$/.exec(line) ?? [];
    if (targets !== undefined) {
      const read = to === '' ? [shape.at(Number(from)) as number] : shape.slice(...range(`${from}${to}`));
      for (const [i, name] of targets.split(', ').entries()) names.set(name, read[i] as number);
      return [];
    }
    const [, total, expression] = /^(pad_[a-z]) = (.*)$/.exec(line) ?? [];
    if (total !== undefined && expression !== undefined) {
      names.set(total, value(expression, names) ?? Number.NaN);
      return [];
    }
    return [substituted(line, names)];
  });
}

function range(text: string): [number, number?] {
  const [from = '0', to = ''] = text.split(':');
  return to === '' ? [Number(from)] : [Number(from), Number(to)];
}

/** The text with the value of every argument that computes with names; other arguments are looked into. */
function substituted(text: string, names: Names): string {
  if (![...names.keys()].some((name) => new RegExp(`\\b${name}\\b`).test(text))) return text;
  const whole = value(text, names);
  if (whole !== null) return String(whole);
  const open = text.search(/[([]/);
  if (open < 0) return text;
  const close = matching(text, open);
  const inner = items(text.slice(open + 1, close)).map((item) => {
    const [, keyword = '', rest = item] = /^(\s*\w+=)(?!=)(.*)$/s.exec(item) ?? [];
    const space = /^\s*/.exec(rest)?.[0] ?? '';
    return `${keyword}${space}${substituted(rest.trim(), names)}`;
  });
  return `${text.slice(0, open + 1)}${inner.join(',')}${text[close]}${substituted(text.slice(close + 1), names)}`;
}

function matching(text: string, open: number): number {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if ('(['.includes(text[at] as string)) depth += 1;
    if (')]'.includes(text[at] as string) && --depth === 0) return at;
  }
  throw new Error(`unclosed: ${text}`);
}

/** What stands between the commas of one level. */
function items(text: string): string[] {
  const found: string[] = [];
  let [depth, from] = [0, 0];
  for (let at = 0; at <= text.length; at++) {
    const character = text[at];
    if (character === undefined || (character === ',' && depth === 0)) {
      found.push(text.slice(from, at));
      from = at + 1;
    } else if ('(['.includes(character)) depth += 1;
    else if (')]'.includes(character)) depth -= 1;
  }
  return found;
}

/** The value of a text that is arithmetic from end to end; null for any other. */
function value(text: string, names: Names): number | null {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const token = TOKEN.exec(text)?.[1];
    if (token === undefined) return null;
    tokens.push(token);
  }
  try {
    const parser = new Arithmetic(tokens, names);
    const result = parser.sum();
    return parser.done() ? result : null;
  } catch {
    return null;
  }
}

class Arithmetic {
  private at = 0;
  private readonly tokens: readonly string[];
  private readonly names: Names;

  constructor(tokens: readonly string[], names: Names) {
    this.tokens = tokens;
    this.names = names;
  }

  done(): boolean {
    return this.at === this.tokens.length;
  }

  sum(): number {
    let result = this.product();
    for (let sign = this.tokens[this.at]; sign === '+' || sign === '-'; sign = this.tokens[this.at]) {
      this.at += 1;
      const next = this.product();
      result = sign === '+' ? result + next : result - next;
    }
    return result;
  }

  private product(): number {
    let result = this.factor();
    for (;;) {
      const sign = this.tokens[this.at];
      if (sign !== '*' && sign !== '//' && sign !== '%') return result;
      this.at += 1;
      const next = this.factor();
      if (sign === '*') result *= next;
      else if (sign === '//') result = Math.floor(result / next);
      else result = ((result % next) + next) % next;
    }
  }

  private factor(): number {
    const token = this.tokens[this.at++];
    if (token === undefined) throw new Error('expected a number');
    if (token === '-') return 0 - this.factor();
    if (/^\d+$/.test(token)) return Number(token);
    if (token === 'max') {
      const [one, other] = this.list();
      return Math.max(one as number, other as number);
    }
    if (token === '(') {
      this.at -= 1;
      const list = this.list();
      if (this.tokens[this.at] !== '[') {
        if (list.length !== 1) throw new Error('a tuple is no number');
        return list[0] as number;
      }
      this.at += 1;
      const chosen = list[this.sum()];
      this.expect(']');
      if (chosen === undefined) throw new Error('out of range');
      return chosen;
    }
    const found = this.names.get(token);
    if (found === undefined) throw new Error(`unknown ${token}`);
    return found;
  }

  private list(): number[] {
    this.expect('(');
    const found = [this.sum()];
    while (this.tokens[this.at] === ',') {
      this.at += 1;
      found.push(this.sum());
    }
    this.expect(')');
    return found;
  }

  private expect(token: string): void {
    if (this.tokens[this.at++] !== token) throw new Error(`expected ${token}`);
  }
}
