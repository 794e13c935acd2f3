import { type Network, openNetwork } from '@millwright/inference';
import { type ColourPlanes, colourPlanes } from '../colour-planes.ts';
import { type TextFormat, textFormat } from '../format/text-format.ts';
import type { Reader, Reading, TextLine } from '../reader.ts';
import { type CharacterScores, decodeGreedy } from './ctc.ts';
import { cutLine } from './cut-line.ts';
import { decodeFormat } from './decode-format.ts';
import { findLines } from './find-lines.ts';
import { cornersOf, type Rectangle } from './min-area-rectangle.ts';
import { alphabetOf } from './ocr-models.ts';
import { recognise, uprightLine } from './recognise.ts';
import type { TextOptions } from './text-options.ts';

export interface TextNetworks {
  readonly detection: Uint8Array;
  readonly recognition: Uint8Array;
  readonly direction: Uint8Array;
  readonly keys: Uint8Array;
}

interface ReadLine extends TextLine {
  readonly scores: CharacterScores;
  /** Steps at which the characters of the text were read. */
  readonly places: readonly number[];
}

/** Lines with less are noise that looked like a line: the value of PP-OCR's own pipeline. */
const leastLine = 0.5;
const plain = /^[\x20-\x7e]*$/;

/**
 * Reads text with the networks of PP-OCRv4: lines are found, laid level, turned upright and recognised. With a format, the
 * likeliest string that fits it is looked for in each line and in its words; what is less likely than asked is refused.
 *
 * Throws MANUVISION_FORMAT_INVALID.
 */
export async function openTextReader(networks: TextNetworks, options: TextOptions): Promise<Reader> {
  const format = options.format === undefined ? undefined : textFormat(options.format);
  const alphabet = alphabetOf(networks.keys);
  const opened: Network[] = [];
  for (const name of ['detection', 'direction', 'recognition'] as const)
    opened.push(await openNetwork(networks[name], { model: name, threads: 2 }));
  const [detection, direction, recognition] = opened;
  const readLine = async (planes: ColourPlanes, rectangle: Rectangle): Promise<ReadLine> => {
    const line = await uprightLine(cutLine(planes, rectangle), direction!);
    const all = await recognise(line, recognition!);
    const scores = options.language === 'en' ? withoutOthers(all, alphabet) : all;
    const { text, confidence, places } = decodeGreedy(scores, alphabet);
    return { text: text.trim(), confidence: rounded(confidence), box: boxOf(rectangle), scores, places };
  };
  return {
    async read(picture) {
      const planes = colourPlanes(picture);
      const found = await findLines(planes, detection!);
      const lines: ReadLine[] = [];
      for (const rectangle of found) lines.push(await readLine(planes, rectangle));
      // A picture that is cut to a line leaves the detector no ground around it.
      if (lines.every(({ text, confidence }) => text === '' || confidence < leastLine)) {
        const whole = await readLine(planes, wholePicture(picture));
        lines.splice(0, lines.length, whole);
      }
      const kept = lines.filter(({ text, confidence }) => text !== '' && confidence >= leastLine);
      return format ? fitting(lines, alphabet, format, options) : joined(kept, options);
    },
    async close() {
      for (const network of opened) await network.close();
    },
  };
}

function joined(lines: readonly ReadLine[], { leastConfidence }: TextOptions): Reading {
  if (lines.length === 0) return { value: null, confidence: null, reason: 'nothing-found', lines: [] };
  const confidence = Math.min(...lines.map((line) => line.confidence));
  const shown = lines.map(shownLine);
  if (confidence < leastConfidence) return { value: null, confidence, reason: 'uncertain', lines: shown };
  return { value: lines.map(({ text }) => text).join('\n'), confidence, lines: shown };
}

function fitting(
  lines: readonly ReadLine[],
  alphabet: readonly string[],
  format: TextFormat,
  { leastConfidence }: TextOptions,
): Reading {
  const shown = lines.filter(({ text, confidence }) => text !== '' && confidence >= leastLine).map(shownLine);
  const fits = lines
    .flatMap((line) => pieces(line).map((scores) => decodeFormat(scores, alphabet, format)))
    .filter((fit) => fit !== undefined)
    .sort((one, other) => other.confidence - one.confidence);
  const [best] = fits;
  const confidence = best ? rounded(best.confidence) : null;
  if (!best || best.confidence < leastConfidence)
    return { value: null, confidence, reason: shown.length === 0 ? 'nothing-found' : 'format', lines: shown };
  return { value: best.text, confidence, lines: shown };
}

/** The scores of the line, and of every run of its words: `EXP: 2027-03-01` holds a date. */
function pieces({ text, scores, places }: ReadLine): CharacterScores[] {
  const starts = [0];
  const ends: number[] = [];
  const characters = [...text];
  characters.forEach((character, index) => {
    if (!/[\s:：]/.test(character) || index === 0 || index === characters.length - 1) return;
    ends.push(places[index]!);
    starts.push(places[index]! + 1);
  });
  ends.push(scores.steps);
  // A line of many words has too many runs; formats are looked for in lines of labels, which have few.
  const most = 8;
  if (starts.length > most) return [scores];
  return starts.flatMap((from, first) => ends.slice(first).map((to) => part(scores, from, to)));
}

const part = ({ characters, data }: CharacterScores, from: number, to: number): CharacterScores => ({
  ...{ steps: to - from, characters },
  data: data.subarray(from * characters, to * characters),
});

/** Only the blank and what is on every keyboard, the probabilities of which are made to sum to 1. */
function withoutOthers({ steps, characters, data }: CharacterScores, alphabet: readonly string[]): CharacterScores {
  const kept = new Float32Array(data);
  const foreign = alphabet.flatMap((character, index) => (plain.test(character) ? [] : index));
  for (let step = 0; step < steps; step++) {
    for (const one of foreign) kept[step * characters + one] = 0;
    let sum = 0;
    for (let one = 0; one < characters; one++) sum += kept[step * characters + one]!;
    if (sum > 0) for (let one = 0; one < characters; one++) kept[step * characters + one]! /= sum;
  }
  return { steps, characters, data: kept };
}

const wholePicture = ({ width, height }: { width: number; height: number }): Rectangle => ({
  ...{ x: (width - 1) / 2, y: (height - 1) / 2, width, height, angle: 0 },
});

const shownLine = ({ text, confidence, box }: ReadLine): TextLine => ({ text, confidence, box });

const boxOf = (rectangle: Rectangle): [number, number][] =>
  cornersOf(rectangle).map(([x, y]) => [Math.round(x * 10) / 10, Math.round(y * 10) / 10]);

const rounded = (value: number): number => Math.round(value * 1000) / 1000;
