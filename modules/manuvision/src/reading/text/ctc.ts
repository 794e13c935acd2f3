/** What a recogniser says of a line: for each step in time the probability of each character; character 0 is the blank. */
export interface CharacterScores {
  readonly steps: number;
  readonly characters: number;
  /** steps x characters. */
  readonly data: Float32Array;
}

export interface Decoded {
  readonly text: string;
  /** Mean probability of its characters, 0 to 1. */
  readonly confidence: number;
  /** Where each character was read, in steps. */
  readonly places: readonly number[];
}

/** The likeliest character of each step, repetitions joined and blanks left out (Graves 2006, best path). */
export function decodeGreedy({ steps, characters, data }: CharacterScores, alphabet: readonly string[]): Decoded {
  let text = '';
  let before = 0;
  const likely: number[] = [];
  const places: number[] = [];
  for (let step = 0; step < steps; step++) {
    let best = 0;
    for (let one = 1; one < characters; one++)
      if (data[step * characters + one]! > data[step * characters + best]!) best = one;
    if (best !== 0 && best !== before) {
      text += alphabet[best];
      likely.push(data[step * characters + best]!);
      places.push(step);
    }
    before = best;
  }
  const confidence = likely.length === 0 ? 0 : likely.reduce((sum, one) => sum + one, 0) / likely.length;
  return { text, confidence, places };
}
