/** A regular expression as a machine over single characters (Thompson 1968), for decoding that may only take what still fits. */
export interface Pattern {
  readonly start: string;
  /** The state after a character, or undefined where none fits. */
  next(state: string, character: string): string | undefined;
  accepts(state: string): boolean;
  /** Whether the character can stand anywhere in it. */
  takes(character: string): boolean;
  /** Whether the space is a character of the pattern; where it is not, spaces between characters are passed over. */
  readonly hasSpace: boolean;
}

type CharacterTest = (character: string) => boolean;

interface Node {
  /** Characters that lead on, and to where. */
  readonly test?: CharacterTest;
  readonly to: number[];
}

interface Fragment {
  readonly start: number;
  /** Node whose `to` is still open. */
  readonly end: number;
}

const classes: Record<string, CharacterTest> = {
  d: (character) => /^[0-9]$/.test(character),
  w: (character) => /^[0-9A-Za-z_]$/.test(character),
  s: (character) => /^\s$/.test(character),
};

/** Most nodes: repetitions of repetitions would fill the memory. */
const mostNodes = 20_000;

/**
 * Compiles the part of regular expressions that formats need: characters, `.`, `\d \w \s`, `[A-Z0-9]` and `[^...]`, groups,
 * `|`, `? * +`, `{n}`, `{n,}`, `{n,m}`. The whole string has to fit; `^` and `$` at the ends are allowed. Lookaheads,
 * backreferences and lazy quantifiers are not.
 *
 * Returns a sentence where it cannot be compiled.
 */
export function compilePattern(source: string): Pattern | string {
  const nodes: Node[] = [];
  let at = 0;
  let hasSpace = false;
  const text = source.replace(/^\^/, '').replace(/(?<!\\)\$$/, '');
  const add = (node: Node): number => {
    if (nodes.length >= mostNodes) throw new PatternError('it is too long');
    return nodes.push(node) - 1;
  };
  const one = (test: CharacterTest): Fragment => {
    hasSpace ||= test(' ');
    const end = add({ to: [] });
    return { start: add({ test, to: [end] }), end };
  };
  const empty = (): Fragment => {
    const end = add({ to: [] });
    return { start: end, end };
  };
  const join = (first: Fragment, second: Fragment): Fragment => {
    nodes[first.end]!.to.push(second.start);
    return { start: first.start, end: second.end };
  };

  function alternatives(): Fragment {
    const all = [sequence()];
    while (text[at] === '|') {
      at++;
      all.push(sequence());
    }
    if (all.length === 1) return all[0]!;
    const end = add({ to: [] });
    for (const { end: open } of all) nodes[open]!.to.push(end);
    return { start: add({ to: all.map(({ start }) => start) }), end };
  }

  function sequence(): Fragment {
    let whole = empty();
    while (at < text.length && text[at] !== '|' && text[at] !== ')') whole = join(whole, repeated());
    return whole;
  }

  function repeated(): Fragment {
    const from = at;
    const first = atom();
    const to = at;
    const range = quantifier();
    if (!range) return first;
    const [least, most] = range;
    const again = (): Fragment => {
      const after = at;
      at = from;
      const copy = atom();
      if (at !== to) throw new PatternError('it cannot be repeated');
      at = after;
      return copy;
    };
    let whole = empty();
    let used = false;
    const copy = (): Fragment => {
      const piece = used ? again() : first;
      used = true;
      return piece;
    };
    for (let count = 0; count < least; count++) whole = join(whole, copy());
    if (most === Number.POSITIVE_INFINITY) {
      const loop = copy();
      const end = add({ to: [loop.start] });
      nodes[loop.end]!.to.push(end);
      const skip = add({ to: [loop.start] });
      const out = add({ to: [] });
      nodes[end]!.to.push(out);
      nodes[skip]!.to.push(out);
      return join(whole, { start: skip, end: out });
    }
    for (let count = least; count < most; count++) {
      const piece = copy();
      const end = add({ to: [] });
      nodes[piece.end]!.to.push(end);
      whole = join(whole, { start: add({ to: [piece.start, end] }), end });
    }
    return whole;
  }

  function quantifier(): [number, number] | undefined {
    const character = text[at];
    if (character === '?' || character === '*' || character === '+') {
      at++;
      if (text[at] === '?') throw new PatternError('lazy quantifiers are not known');
      const most = character === '?' ? 1 : Number.POSITIVE_INFINITY;
      return [character === '+' ? 1 : 0, most];
    }
    const [whole, least, comma, most] = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(text.slice(at)) ?? [];
    if (whole === undefined) return undefined;
    at += whole.length;
    const low = Number(least);
    const high = !comma ? low : most === '' ? Number.POSITIVE_INFINITY : Number(most);
    if (high < low) throw new PatternError('a repetition ends before it begins');
    return [low, high];
  }

  function atom(): Fragment {
    const character = text[at++]!;
    if (character === '(') {
      if (text.startsWith('?:', at)) at += 2;
      else if (text[at] === '?') throw new PatternError('lookaheads and named groups are not known');
      const inner = alternatives();
      if (text[at++] !== ')') throw new PatternError('a bracket is not closed');
      return inner;
    }
    if (character === '[') return one(characterClass());
    if (character === '.') return one(() => true);
    if (character === '\\') return one(escaped());
    if ('*+?{}'.includes(character)) throw new PatternError(`${character} follows nothing that it could repeat`);
    return one((other) => other === character);
  }

  function escaped(): CharacterTest {
    const character = text[at++];
    if (character === undefined) throw new PatternError('it ends with a backslash');
    if (/[0-9]/.test(character)) throw new PatternError('backreferences are not known');
    const known = classes[character];
    if (known) return known;
    const negated = classes[character.toLowerCase()];
    if (negated && /[A-Z]/.test(character)) return (other) => !negated(other);
    if (/[A-Za-z]/.test(character)) throw new PatternError(`\\${character} is not known`);
    return (other) => other === character;
  }

  function characterClass(): CharacterTest {
    const negated = text[at] === '^';
    if (negated) at++;
    const tests: CharacterTest[] = [];
    let first = true;
    while (text[at] !== ']' || first) {
      first = false;
      const low = text[at++];
      if (low === undefined) throw new PatternError('a [ is not closed');
      if (low === '\\') {
        tests.push(escaped());
        continue;
      }
      if (text[at] === '-' && text[at + 1] !== ']' && text[at + 1] !== undefined) {
        const high = text[at + 1]!;
        at += 2;
        if (high < low) throw new PatternError(`${low}-${high} runs backwards`);
        tests.push((other) => other >= low && other <= high);
      } else tests.push((other) => other === low);
    }
    at++;
    return (other) => tests.some((test) => test(other)) !== negated;
  }

  let whole: Fragment;
  try {
    if (text === '') return 'it is empty';
    whole = alternatives();
    if (at < text.length) return 'a bracket is closed that was not opened';
  } catch (error) {
    if (error instanceof PatternError) return error.message;
    throw error;
  }
  return machineOf(nodes, whole, hasSpace);
}

class PatternError extends Error {}

/** The machine whose states are the sets of nodes that can be reached, made as they are met. */
function machineOf(nodes: readonly Node[], { start, end }: Fragment, hasSpace: boolean): Pattern {
  const sets = new Map<string, number[]>();
  const steps = new Map<string, string | undefined>();
  const name = (from: readonly number[]): string | undefined => {
    const reached = new Set<number>();
    const waiting = [...from];
    while (waiting.length > 0) {
      const node = waiting.pop()!;
      if (reached.has(node)) continue;
      reached.add(node);
      if (!nodes[node]!.test) waiting.push(...nodes[node]!.to);
    }
    if (reached.size === 0) return undefined;
    const members = [...reached].filter((node) => nodes[node]!.test || node === end).sort((a, b) => a - b);
    if (members.length === 0) return undefined;
    const key = members.join(',');
    sets.set(key, members);
    return key;
  };
  const begin = name([start])!;
  const taken = new Map<string, boolean>();
  return {
    start: begin,
    hasSpace,
    next(state, character) {
      const key = `${state}|${character}`;
      if (steps.has(key)) return steps.get(key);
      const members = sets.get(state)!;
      const to = members.flatMap((node) => (nodes[node]!.test?.(character) ? nodes[node]!.to : []));
      const result = to.length === 0 ? undefined : name(to);
      steps.set(key, result);
      return result;
    },
    accepts: (state) => sets.get(state)!.includes(end),
    takes(character) {
      const known = taken.get(character);
      if (known !== undefined) return known;
      const result = nodes.some(({ test }) => test?.(character));
      taken.set(character, result);
      return result;
    },
  };
}
