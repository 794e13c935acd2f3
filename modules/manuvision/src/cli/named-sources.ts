import { basename } from 'node:path';
import { z } from 'zod';
import { openSource, reopenSource } from '../datasets/open-source.ts';
import type { Source } from '../datasets/source.ts';

/** What evidence says of a source: what it was called, and the names of its files, in the order of the inputs. */
export const namedSourceSchema = z.strictObject({
  path: z.string(),
  names: z.array(z.string()).max(10_000),
});
export type NamedSource = z.output<typeof namedSourceSchema>;

export interface PinnedSource {
  readonly named: NamedSource;
  readonly inputs: readonly string[];
}

/** Looks what a source is made of, for evidence. */
export async function pinSource(path: string): Promise<PinnedSource> {
  const source = await openSource(path);
  await source.close();
  return {
    named: { path: basename(path), names: source.inputs.map(({ name }) => name) },
    inputs: source.inputs.map((input) => input.path),
  };
}

/** Opens the sources of a method again from its inputs, one after the other. */
export async function openNamed<Name extends string>(
  sources: Readonly<Partial<Record<Name, NamedSource | undefined>>>,
  order: readonly Name[],
  inputs: readonly string[],
): Promise<Partial<Record<Name, Source>>> {
  const opened: Partial<Record<Name, Source>> = {};
  let at = 0;
  for (const name of order) {
    const source = sources[name];
    if (!source) continue;
    opened[name] = await reopenSource(
      source.path,
      source.names.map((file) => ({ name: file, path: inputs[at++]! })),
    );
  }
  return opened;
}
