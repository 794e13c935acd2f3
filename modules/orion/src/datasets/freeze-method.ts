import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { MeasurementService, MeasurementsReference } from '@millwright/cloud/server';
import { operatorActor } from '@millwright/kernel';
import type { EvidenceMethod, InputReference } from '@millwright/ledger';
import { localBlob } from '../work/local-blob.ts';
import type { Following, OrionThreads } from '../work/orion-threads.ts';
import type { FrozenColumn } from './frozen-column.ts';
import { gridTimes, type PointFacts } from './resample.ts';
import type { FileSource, PointsSource } from './schemas.ts';

export const freezeMethodId = 'orion.freeze';

/** What a freezing rests on: the source, and of points what they were then. The inputs are in the order of the columns. */
export type FreezeParameters =
  | (Omit<PointsSource, 'columns'> & { readonly columns: readonly (PointFacts & { readonly name: string })[] })
  | Omit<FileSource, 'upload'>;

export interface FreezeOutput {
  readonly hash: string;
  readonly bytes: number;
  readonly rows: number;
  readonly columns: readonly FrozenColumn[];
  /** Milliseconds since 1970 of the first and the last row; null in a table without times. */
  readonly from: number | null;
  readonly to: number | null;
}

interface FreezeParts {
  readonly blobs: Blobs;
  readonly measurements: MeasurementService;
  readonly threads: OrionThreads;
  /** For files in work. */
  readonly folder: string;
}

/** Readings on an even grid, or a file's table, as one Parquet file under the hash of its content. */
export function freezeMethod(parts: FreezeParts, followed: () => Following | undefined): EvidenceMethod {
  const { blobs, threads, folder } = parts;
  return {
    id: freezeMethodId,
    version: '1',
    description:
      'Freezes readings on an even grid (mean, sum or rise of each step), or a file’s table, as a Parquet file.',
    async run(given, inputs) {
      const parameters = given as FreezeParameters;
      const place = join(folder, randomUUID());
      const out = join(place, 'data.parquet');
      await mkdir(place, { recursive: true });
      try {
        const facts =
          parameters.kind === 'points'
            ? await freezePoints(parts, parameters, inputs, out, followed())
            : await freezeFile(parts, parameters, inputs[0]!, place, out, followed());
        const { hash, size } = await blobs.put(out, { mediaType: 'application/vnd.apache.parquet' });
        return { hash, bytes: size, ...facts } satisfies FreezeOutput;
      } finally {
        await rm(place, { recursive: true, force: true });
      }
    },
  };

  async function freezeFile(
    { blobs: store }: FreezeParts,
    { kind: _, ...options }: Extract<FreezeParameters, { kind: 'file' }>,
    { reference }: InputReference,
    place: string,
    path: string,
    following?: Following,
  ) {
    const source = await localBlob(store, (reference as { hash: string }).hash, place);
    return threads.ask('freeze-file', { source, out: path, options }, following);
  }
}

async function freezePoints(
  { measurements, threads }: FreezeParts,
  { columns, from, to, stepSeconds }: Extract<FreezeParameters, { kind: 'points' }>,
  inputs: readonly InputReference[],
  out: string,
  following?: Following,
) {
  const step = stepSeconds * 1_000;
  const start = Date.parse(from);
  const grid = { from: start, step, rows: Math.ceil((Date.parse(to) - start) / step) };
  const found: { name: string; values: Float64Array }[] = [];
  for (const [index, { name, ...facts }] of columns.entries()) {
    following?.signal?.throwIfAborted();
    following?.progress?.((0.9 * index) / columns.length, name);
    const { pointId, from: first, to: last } = inputs[index]!.reference as MeasurementsReference;
    const { series } = await measurements.series(operatorActor, pointId, Date.parse(first), Date.parse(last));
    found.push({ name, values: await threads.ask('resample', { readings: series, facts, grid }, following) });
  }
  return threads.ask('freeze-columns', { time: gridTimes(grid), columns: found, out }, following);
}
