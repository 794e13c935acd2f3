import { dataMatrixBitPlaces, dataMatrixChecks } from './data-matrix-layout.ts';
import { type Layout, open } from './layout.ts';
import { formatBits, formatPlaces, isMasked, qrBitPlaces, qrBlocks } from './qr-layout.ts';
import { correct, type Field, field } from './reed-solomon.ts';

/** Modules as they were seen: above 0 dark, below 0 light, further from 0 the surer; size x size. */
export interface SoftModules {
  readonly layout: Layout;
  readonly soft: Float32Array;
}

/** A code put right. */
export interface CleanCode {
  readonly layout: Layout;
  readonly dark: Uint8Array;
  /** How much of the error correction was left, 0 to 1, of the block that needed most. */
  readonly unused: number;
  /** Code words that were thrown away as unsure before the rest was corrected. */
  readonly erased: number;
}

const qrField = field(0x11d);
const dataMatrixField = field(0x12d);

/**
 * Check symbols that are never given to erasures. A block that erases all of them takes any rest for a code: with six left,
 * three errors are corrected and one of some 6,000 random words passes.
 */
const checksKept = 6;

/**
 * Puts the modules right: the least sure code words are erased, more and more of them, until the rest can be corrected
 * (generalised minimum distance decoding, Forney 1966). All readings that pass are given, the surest first.
 */
export function* decodeGrid(seen: SoftModules): Generator<CleanCode> {
  if (seen.layout.format === 'DataMatrix') {
    const clean = decodeDataMatrix(seen);
    if (clean) yield clean;
  } else yield* decodeQr(seen);
}

function decodeDataMatrix({ layout, soft }: SoftModules): CleanCode | undefined {
  const places = dataMatrixBitPlaces(layout.size);
  const words = wordsAt(soft, places);
  const block = correctBlock(dataMatrixField, words, dataMatrixChecks(layout.size), 1);
  if (!block) return undefined;
  const dark = startOf(layout, soft);
  writeBits(dark, places, block.codewords);
  return { layout, dark, unused: block.unused, erased: block.erased };
}

function* decodeQr({ layout, soft }: SoftModules): Generator<CleanCode> {
  const { size } = layout;
  const version = (size - 17) / 4;
  const places = qrBitPlaces(version);
  for (const { level, mask } of likelyFormats(soft, size)) {
    const unmasked = Float32Array.from(soft);
    for (const at of places) if (isMasked(mask, at % size, Math.floor(at / size))) unmasked[at] = -unmasked[at]!;
    const words = wordsAt(unmasked, places);
    const shape = qrBlocks(version, level);
    const corrected: Block[] = [];
    const members = interleaving(shape.data, shape.checks);
    for (const member of members) {
      const part = {
        values: Uint8Array.from(member, (at) => words.values[at]!),
        sureness: Float32Array.from(member, (at) => words.sureness[at]!),
      };
      const block = correctBlock(qrField, part, shape.checks, 0);
      if (!block) break;
      corrected.push(block);
    }
    if (corrected.length < members.length) continue;
    const all = new Uint8Array(words.values.length);
    for (const [index, member] of members.entries())
      for (const [at, to] of member.entries()) all[to] = corrected[index]!.codewords[at]!;
    const dark = startOf(layout, soft);
    writeBits(dark, places, all);
    for (const at of places) if (isMasked(mask, at % size, Math.floor(at / size))) dark[at] = dark[at] ? 0 : 1;
    const bits = formatBits(level, mask);
    for (const copy of formatPlaces(size))
      for (const [bit, [x, y]] of copy.entries()) dark[y * size + x] = (bits >> bit) & 1;
    const unused = Math.min(...corrected.map((block) => block.unused));
    yield { layout, dark, unused, erased: corrected.reduce((sum, block) => sum + block.erased, 0) };
  }
}

/** Where each code word of each block stands in the order in which they are written, data before checks. */
function interleaving(data: readonly number[], checks: number): number[][] {
  const members: number[][] = data.map(() => []);
  let at = 0;
  for (let row = 0; row < Math.max(...data); row++)
    for (const [block, count] of data.entries()) if (row < count) members[block]!.push(at++);
  for (let row = 0; row < checks; row++) for (const member of members) member.push(at++);
  return members;
}

/** The formats that agree best with what was seen, of both copies together. */
export function likelyFormats(soft: Float32Array, size: number): { level: string; mask: number }[] {
  const places = formatPlaces(size);
  const ranked: { level: string; mask: number; score: number }[] = [];
  for (const level of ['L', 'M', 'Q', 'H'])
    for (let mask = 0; mask < 8; mask++) {
      const bits = formatBits(level, mask);
      let score = 0;
      for (const copy of places)
        for (const [bit, [x, y]] of copy.entries()) {
          const value = Math.min(Math.max(soft[y * size + x]!, -1), 1);
          score += (bits >> bit) & 1 ? value : -value;
        }
      ranked.push({ level, mask, score });
    }
  return ranked.sort((a, b) => b.score - a.score).slice(0, 2);
}

interface Words {
  readonly values: Uint8Array;
  /** Of each code word the least sure bit. */
  readonly sureness: Float32Array;
}

function wordsAt(soft: Float32Array, places: Int32Array): Words {
  const count = places.length / 8;
  const values = new Uint8Array(count);
  const sureness = new Float32Array(count);
  for (let word = 0; word < count; word++) {
    let [value, least] = [0, 1];
    for (let bit = 0; bit < 8; bit++) {
      const seen = soft[places[word * 8 + bit]!]!;
      value = value * 2 + (seen > 0 ? 1 : 0);
      least = Math.min(least, Math.abs(seen));
    }
    values[word] = value;
    sureness[word] = least;
  }
  return { values, sureness };
}

interface Block {
  readonly codewords: Uint8Array;
  readonly unused: number;
  readonly erased: number;
}

function correctBlock(of: Field, { values, sureness }: Words, checks: number, firstRoot: number): Block | undefined {
  const unsure = Array.from(sureness.keys()).sort((a, b) => sureness[a]! - sureness[b]!);
  const most = Math.max(0, checks - checksKept);
  for (let erased = 0; erased <= most; erased += erased < 4 ? 1 : 2) {
    const result = correct(of, values, checks, firstRoot, unsure.slice(0, erased));
    if (!result) continue;
    const used = 2 * result.errors + erased;
    return { codewords: result.codewords, unused: Math.max(0, 1 - used / checks), erased };
  }
  return undefined;
}

/** What is always the same is known; the rest as it was seen. */
const startOf = ({ fixed }: Layout, soft: Float32Array): Uint8Array =>
  Uint8Array.from(fixed, (value, at) => (value === open ? (soft[at]! > 0 ? 1 : 0) : value));

function writeBits(dark: Uint8Array, places: Int32Array, words: Uint8Array): void {
  for (const [at, place] of places.entries()) dark[place] = (words[at >> 3]! >> (7 - (at & 7))) & 1;
}
