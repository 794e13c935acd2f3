import { basename, resolve } from 'node:path';
import type { VerbContext, VerbOption } from '@millwright/kernel';
import { concludeFiles, type FileMethod } from '@millwright/ledger/files';
import { pictureFiles } from '../picture-files.ts';
import type { FileReading, ReadingOutput } from './reading-method.ts';

export interface ReadingAnswer extends ReadingOutput {
  readonly evidence: string;
}

export const pictureArgument = { name: 'PICTURES', summary: 'A picture, or a folder of pictures.' };

export const evidenceOption: VerbOption = {
  name: 'evidence',
  summary: 'File for the evidence; left out, named after the pictures in the current folder.',
  placeholder: 'FILE',
};

/** Reads the pictures of a call with a method and writes the evidence. */
export async function readPictures(context: VerbContext, method: FileMethod, options: unknown): Promise<ReadingAnswer> {
  const given = context.arguments.PICTURES!;
  const files = await pictureFiles(given);
  const name = `${basename(resolve(given))}.${method.id.replace('manuvision.', '')}.evidence.json`;
  const evidence = resolve(String(context.options.evidence ?? name));
  const { output } = await concludeFiles({
    ...{ method, evidence, signal: context.signal, progress: context.progress },
    parameters: { names: files.map((file) => file.name), options },
    inputs: files.map(({ path }) => path),
  });
  return { ...(output as ReadingOutput), evidence };
}

export function printReadings({ results, evidence }: ReadingAnswer): string {
  const refused = results.filter(({ value }) => value === null).length;
  return [...results.map(readingLine), `${results.length} pictures, ${refused} refused`, `evidence  ${evidence}`].join(
    '\n',
  );
}

function readingLine({ file, value, confidence, reason }: FileReading): string {
  const sure = confidence === null ? '' : ` (${Math.round(confidence * 100)} %)`;
  return `${file}  ${value === null ? `refused: ${reason}` : value}${sure}`;
}
