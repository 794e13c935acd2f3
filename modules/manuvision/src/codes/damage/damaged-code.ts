import type { Picture } from '@millwright/imaging';
import { linearFormats } from '../zxing.ts';
import { photograph } from './camera.ts';
import { codeSheet } from './code-sheet.ts';
import { damages } from './damages.ts';
import { seededRandom, seedFor } from './random.ts';
import { type SampleFormat, sampleCode } from './sample-codes.ts';
import { viewOf } from './view.ts';

export interface DamagedCode {
  readonly value: string;
  readonly format: SampleFormat;
  readonly picture: Picture;
}

export interface DamagedCodeOrder {
  readonly seed: number;
  /** Number of the code within the seed. */
  readonly index: number;
  readonly format: SampleFormat;
  /** One of `damages`. */
  readonly damage: string;
  /** 1 to 5. */
  readonly strength: number;
  /** Number of the picture of the same code: place, light and noise are drawn anew, the code stays. */
  readonly frame?: number;
}

/** Draws a code and what happened to it. The same order gives the same picture. */
export async function damagedCode(order: DamagedCodeOrder): Promise<DamagedCode> {
  const { seed, index, format, damage, strength, frame = 0 } = order;
  const named = seedFor(seed, index, format, damage, strength);
  const code = await sampleCode(format, seededRandom(named));
  const what = damages[damage]!.strengths[strength - 1]!;
  const random = seededRandom(seedFor(named, 'frame', frame));
  // Dirt and scratches stay on the code from picture to picture.
  const sheet = codeSheet(code, what, seededRandom(seedFor(named, 'sheet')));
  const usual = linearFormats.has(format) ? 3 : 5;
  const view = viewOf(sheet, what, usual, random);
  const moduleSize = what.moduleSize ?? usual;
  return { value: code.value, format, picture: photograph(view, what, moduleSize, random) };
}
