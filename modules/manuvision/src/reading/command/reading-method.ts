import { readPicture } from '@millwright/imaging';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import type { Reader, Reading } from '../reader.ts';

export interface FileReading extends Reading {
  readonly file: string;
}

export interface ReadingOutput {
  readonly results: readonly FileReading[];
}

interface ReadingMethod<T> {
  readonly id: string;
  readonly version: string;
  readonly description: string;
  /** What the reader is told. */
  readonly options: z.ZodType<T>;
  open(options: T): Promise<Reader>;
}

/** A method that reads pictures one after the other; one that cannot be opened is refused and does not end the others. */
export function readingMethod<T>({ id, version, description, options, open }: ReadingMethod<T>): FileMethod {
  const schema = z.strictObject({ names: z.array(z.string()), options });
  return {
    ...{ id, version, description },
    async run(parameters, inputs, { signal, progress }) {
      const given = schema.parse(parameters);
      const reader = await open(given.options as T);
      const results: FileReading[] = [];
      try {
        for (const [index, path] of inputs.entries()) {
          signal.throwIfAborted();
          results.push({ file: given.names[index]!, ...(await readOne(reader, path)) });
          progress((index + 1) / inputs.length);
        }
      } finally {
        await reader.close();
      }
      return { output: { results } satisfies ReadingOutput, files: [] };
    },
  };
}

async function readOne(reader: Reader, path: string): Promise<Reading> {
  let picture: Awaited<ReturnType<typeof readPicture>>;
  try {
    picture = await readPicture(path);
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('IMAGING_'))
      return { value: null, confidence: null, reason: 'unreadable-picture' };
    throw error;
  }
  return reader.read(picture);
}
