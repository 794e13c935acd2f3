import type { Pattern } from '../format/pattern.ts';
import type { TextFormat } from '../format/text-format.ts';
import type { CharacterScores } from './ctc.ts';

export interface FittingText {
  readonly text: string;
  /** Probability of this very string, given the picture, summed over all ways to align it. */
  readonly probability: number;
  /** Its geometric mean over the characters and the end, so that long strings are not punished. */
  readonly confidence: number;
}

/** Strings that are followed at once. */
const beam = 100;
/** Characters that are tried at a step: those that the pattern has, likelier than this, and of them the likeliest. */
const [floor, mostTried] = [1e-6, 50];

interface Prefix {
  readonly text: string;
  readonly last: number;
  readonly state: string;
  /** Probabilities of the alignments that end in a blank, and in the last character. */
  blank: number;
  character: number;
}

/**
 * The likeliest string that fits a format: a prefix beam search over the CTC scores (Hannun 2014) that only follows what the
 * format's pattern still allows, and at the end only takes what passes its check. Characters that differ in width alone
 * (`：` and `:`) count as one; where the pattern has no space, spaces are passed over.
 *
 * Undefined where nothing fits.
 */
export function decodeFormat(
  scores: CharacterScores,
  alphabet: readonly string[],
  format: TextFormat,
): FittingText | undefined {
  const { pattern } = format;
  const folded = foldedAlphabet(alphabet);
  let prefixes: Prefix[] = [{ text: '', last: 0, state: pattern.start, blank: 1, character: 0 }];
  let scale = 0;
  for (let step = 0; step < scores.steps; step++) {
    const { blank, likely } = stepOf(scores, step, folded, pattern);
    const next = new Map<string, Prefix>();
    const grow = (text: string, last: number, state: string): Prefix => {
      const known = next.get(text);
      if (known) return known;
      const made = { text, last, state, blank: 0, character: 0 };
      next.set(text, made);
      return made;
    };
    for (const prefix of prefixes) {
      const both = prefix.blank + prefix.character;
      const same = grow(prefix.text, prefix.last, prefix.state);
      same.blank += both * blank;
      for (const [character, probability] of likely) {
        if (character === prefix.last) same.character += prefix.character * probability;
        const from = character === prefix.last ? prefix.blank : both;
        if (from === 0) continue;
        const state = pattern.next(prefix.state, folded[character]!);
        if (state === undefined) continue;
        grow(prefix.text + folded[character]!, character, state).character += from * probability;
      }
    }
    prefixes = [...next.values()]
      .sort(
        (one, other) => other.blank + other.character - one.blank - one.character || (one.text < other.text ? -1 : 1),
      )
      .slice(0, beam);
    // So that a long line does not sink below what a double can hold.
    const most = prefixes[0]!.blank + prefixes[0]!.character;
    if (most === 0) return undefined;
    scale += Math.log(most);
    for (const prefix of prefixes) {
      prefix.blank /= most;
      prefix.character /= most;
    }
  }
  const best = prefixes.find(({ text, state }) => text !== '' && pattern.accepts(state) && format.fits(text));
  if (!best) return undefined;
  const log = Math.min(0, Math.log(best.blank + best.character) + scale);
  return { text: best.text, probability: Math.exp(log), confidence: Math.exp(log / ([...best.text].length + 1)) };
}

/** The characters worth trying at a step, those of one folded form added up under the first of them. */
function stepOf(
  { characters, data }: CharacterScores,
  step: number,
  folded: readonly string[],
  pattern: Pattern,
): { blank: number; likely: [number, number][] } {
  const start = step * characters;
  let blank = data[start]!;
  const sums = new Map<string, [number, number]>();
  for (let one = 1; one < characters; one++) {
    const probability = data[start + one]!;
    if (probability < floor) continue;
    const form = folded[one]!;
    if (form === ' ' && !pattern.hasSpace) {
      blank += probability;
      continue;
    }
    if (!pattern.takes(form)) continue;
    const known = sums.get(form);
    if (known) known[1] += probability;
    else sums.set(form, [firstOf(folded, one), probability]);
  }
  const likely = [...sums.values()].sort(([, one], [, other]) => other - one).slice(0, mostTried);
  return { blank, likely };
}

const foldings = new WeakMap<readonly string[], { folded: string[]; first: Map<string, number> }>();

function foldedAlphabet(alphabet: readonly string[]): string[] {
  const known = foldings.get(alphabet);
  if (known) return known.folded;
  const folded = alphabet.map((character) => {
    const form = character.normalize('NFKC');
    return [...form].length === 1 ? form : character;
  });
  const first = new Map<string, number>();
  folded.forEach((form, index) => {
    if (!first.has(form)) first.set(form, index);
  });
  foldings.set(alphabet, { folded, first });
  foldings.set(folded, { folded, first });
  return folded;
}

const firstOf = (folded: readonly string[], index: number): number =>
  foldings.get(folded)!.first.get(folded[index]!) ?? index;
