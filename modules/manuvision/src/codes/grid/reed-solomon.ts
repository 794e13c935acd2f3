/** Arithmetic of GF(256) with a primitive polynomial: 0x11d for QR codes, 0x12d for Data Matrix. */
export interface Field {
  readonly exp: Uint8Array;
  readonly log: Uint8Array;
}

export function field(polynomial: number): Field {
  const exp = new Uint8Array(512);
  const log = new Uint8Array(256);
  let value = 1;
  for (let power = 0; power < 255; power++) {
    exp[power] = value;
    exp[power + 255] = value;
    log[value] = power;
    value <<= 1;
    if (value & 0x100) value ^= polynomial;
  }
  return { exp, log };
}

export interface Corrected {
  readonly codewords: Uint8Array;
  readonly errors: number;
}

/**
 * Corrects a Reed-Solomon code word with errors at unknown and erasures at known places: 2 x errors + erasures may be as many
 * as there are check symbols (Berlekamp-Massey that starts from the erasures, and Forney's formula; Blahut 1983, chapter 9).
 * Undefined where that is not possible.
 *
 * @param firstRoot power of the first root of the generator: 0 for QR codes, 1 for Data Matrix
 */
export function correct(
  { exp, log }: Field,
  received: Uint8Array,
  checks: number,
  firstRoot: number,
  erasures: readonly number[],
): Corrected | undefined {
  const multiply = (a: number, b: number) => (a && b ? exp[log[a]! + log[b]!]! : 0);
  const divide = (a: number, b: number) => (a ? exp[log[a]! + 255 - log[b]!]! : 0);
  const length = received.length;
  const syndromes = new Uint8Array(checks);
  let clean = true;
  for (let at = 0; at < checks; at++) {
    let sum = 0;
    const root = exp[at + firstRoot]!;
    for (let index = 0; index < length; index++) sum = multiply(sum, root) ^ received[index]!;
    syndromes[at] = sum;
    if (sum) clean = false;
  }
  if (clean) return { codewords: received, errors: 0 };
  if (erasures.length > checks) return undefined;

  let locator = new Uint8Array(checks + 1);
  locator[0] = 1;
  for (const place of erasures) {
    const x = exp[length - 1 - place]!;
    for (let at = checks; at > 0; at--) locator[at]! ^= multiply(locator[at - 1]!, x);
  }
  let previous = locator.slice();
  const known = erasures.length;
  let degree = known;
  for (let round = known + 1; round <= checks; round++) {
    let discrepancy = 0;
    for (let at = 0; at <= degree; at++) discrepancy ^= multiply(locator[at]!, syndromes[round - 1 - at] ?? 0);
    previous.copyWithin(1, 0, checks);
    previous[0] = 0;
    if (discrepancy === 0) continue;
    const next = locator.slice();
    for (let at = 0; at <= checks; at++) next[at]! ^= multiply(discrepancy, previous[at]!);
    if (2 * degree <= round + known - 1) {
      previous = locator.map((value) => divide(value, discrepancy));
      degree = round + known - degree;
    }
    locator = next;
  }

  const places: number[] = [];
  for (let place = 0; place < length; place++) {
    const inverse = (255 - (length - 1 - place)) % 255;
    let sum = 0;
    for (let at = 0; at <= degree; at++) sum ^= multiply(locator[at] ?? 0, exp[(inverse * at) % 255]!);
    if (sum === 0) places.push(place);
  }
  if (places.length !== degree) return undefined;
  const evaluator = new Uint8Array(checks);
  for (let at = 0; at < checks; at++)
    for (let part = 0; part <= at; part++) evaluator[at]! ^= multiply(syndromes[at - part]!, locator[part]!);
  const codewords = received.slice();
  for (const place of places) {
    const power = length - 1 - place;
    const inverse = (255 - power) % 255;
    let above = 0;
    for (let at = 0; at < checks; at++) above ^= multiply(evaluator[at]!, exp[(inverse * at) % 255]!);
    let below = 0;
    for (let at = 1; at <= degree; at += 2) below ^= multiply(locator[at]!, exp[(inverse * (at - 1)) % 255]!);
    if (below === 0) return undefined;
    const scale = exp[((((1 - firstRoot) * power) % 255) + 255) % 255]!;
    codewords[place]! ^= multiply(scale, divide(above, below));
  }
  for (let at = 0; at < checks; at++) {
    let sum = 0;
    const root = exp[at + firstRoot]!;
    for (let index = 0; index < length; index++) sum = multiply(sum, root) ^ codewords[index]!;
    if (sum) return undefined;
  }
  let changed = 0;
  const erased = new Set(erasures);
  for (const place of places) if (!erased.has(place) && codewords[place] !== received[place]) changed++;
  return { codewords, errors: changed };
}
