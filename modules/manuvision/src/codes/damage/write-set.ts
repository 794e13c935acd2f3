import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writePng } from '@millwright/imaging';
import { damagedCode } from './damaged-code.ts';
import { damages } from './damages.ts';
import { type SampleFormat, sampleFormats } from './sample-codes.ts';

export interface DamagedSetOrder {
  readonly seed: number;
  /** Codes of each format, damage and strength. */
  readonly count: number;
  readonly damages: readonly string[];
  readonly formats: readonly SampleFormat[];
  /** Pictures of each code. */
  readonly frames: number;
}

/** A line of the truth file. */
export interface DamagedSetEntry {
  readonly file: string;
  readonly value: string;
  readonly format: string;
  readonly damage: string;
  readonly strength: number;
}

export const wholeSet = { damages: Object.keys(damages), formats: sampleFormats };

/** Writes the pictures into folders by damage, and `truth.json` beside them: a list of what each shows. */
export async function writeDamagedSet(
  folder: string,
  { seed, count, frames, ...order }: DamagedSetOrder,
  { signal, progress }: { readonly signal: AbortSignal; progress(fraction: number, message?: string): void },
): Promise<DamagedSetEntry[]> {
  const entries: DamagedSetEntry[] = [];
  for (const [at, damage] of order.damages.entries()) {
    await mkdir(join(folder, damage), { recursive: true });
    progress(at / order.damages.length, damage);
    for (const strength of [1, 2, 3, 4, 5])
      for (const format of order.formats)
        for (let index = 0; index < count; index++)
          for (let frame = 0; frame < frames; frame++) {
            signal.throwIfAborted();
            const { value, picture } = await damagedCode({ seed, index, format, damage, strength, frame });
            const name = [strength, format, index, ...(frames > 1 ? [frame] : [])].join('-');
            const file = `${damage}/${name}.png`;
            await writePng(picture, join(folder, file));
            entries.push({ file, value, format, damage, strength });
          }
  }
  await writeFile(join(folder, 'truth.json'), `${JSON.stringify(entries, null, 1)}\n`);
  return entries;
}
