import { type Picture, readPicture } from '@millwright/imaging';
import { isMillwrightError } from '@millwright/kernel';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { CodeRead } from '../codes/code-read.ts';
import { readCodes, readFrames } from '../codes/read-codes.ts';
import { codesSettingsSchema } from '../codes/settings.ts';

const parametersSchema = z.strictObject({
  settings: codesSettingsSchema,
  /** All pictures show the same code. */
  frames: z.boolean(),
  /** Names of the pictures as they are told, in the order of the inputs. */
  names: z.array(z.string()),
});
export type ReadCodeParameters = z.output<typeof parametersSchema>;

/** One code, or one picture that none was read in. */
export type ReadCodeResult = { readonly file: string } & (
  | CodeRead
  | { readonly value: null; readonly confidence: 0; readonly reason: string }
);

export interface ReadCodeOutput {
  readonly results: readonly ReadCodeResult[];
}

export const readCodeMethod: FileMethod = {
  id: 'manuvision.read-code',
  version: '1',
  description:
    'Reads 1D and 2D codes (ZXing-C++), and those that are damaged by local thresholds, deblurring, a fitted grid of modules and error correction with erasures.',
  async run(parameters, inputs, { signal, progress }) {
    const { settings, frames, names } = parametersSchema.parse(parameters);
    const results: ReadCodeResult[] = [];
    if (frames) results.push(...(await readTogether(inputs, names, settings, signal)));
    else
      for (const [index, path] of inputs.entries()) {
        signal.throwIfAborted();
        progress(index / inputs.length, names[index]);
        results.push(...(await readOne(path, names[index]!, settings, signal)));
      }
    progress(1);
    return { output: { results } satisfies ReadCodeOutput, files: [] };
  },
};

const refused = (file: string, reason: string): ReadCodeResult => ({ file, value: null, confidence: 0, reason });

async function readOne(
  path: string,
  file: string,
  settings: ReadCodeParameters['settings'],
  signal: AbortSignal,
): Promise<ReadCodeResult[]> {
  try {
    const { codes, refused: reason } = await readCodes(await readPicture(path), settings, signal);
    return codes.length > 0 ? codes.map((code) => ({ file, ...code })) : [refused(file, reason!)];
  } catch (error) {
    if (isUnreadable(error)) return [refused(file, error.message)];
    throw error;
  }
}

async function readTogether(
  inputs: readonly string[],
  names: readonly string[],
  settings: ReadCodeParameters['settings'],
  signal: AbortSignal,
): Promise<ReadCodeResult[]> {
  const pictures: Picture[] = [];
  const together: string[] = [];
  const results: ReadCodeResult[] = [];
  for (const [index, path] of inputs.entries())
    try {
      pictures.push(await readPicture(path));
      together.push(names[index]!);
    } catch (error) {
      if (!isUnreadable(error)) throw error;
      results.push(refused(names[index]!, error.message));
    }
  const { codes, refused: reason } = await readFrames(pictures, settings, signal);
  const file = together.join(' + ');
  if (codes.length > 0) results.push(...codes.map((code) => ({ file, ...code })));
  else if (pictures.length > 0) results.push(refused(file, reason!));
  return results;
}

/** A picture that cannot be read must not hide what the others say. */
const isUnreadable = (error: unknown): error is Error => isMillwrightError(error) && error.code.startsWith('IMAGING_');
