import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import { type FrozenPicture, thawPictures } from '../datasets/versions/frozen-dataset.ts';
import type { KindSettings } from '../schema.ts';
import { type Following, InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import type { KindRequest } from '../work/messages.ts';
import type { TrainingResult } from './training-result.ts';

export const trainMethodId = 'manuvision.train';

export interface TrainParameters {
  readonly kind: string;
  readonly seed: number;
  /** At most so many per 1,000 good parts. */
  readonly falseRejects: number;
  /** Of the kind; findings before there were any have none. */
  readonly settings?: KindSettings;
  /** SHA-256 of the version of the data set: the first of the finding's inputs, before its pictures. */
  readonly dataset: string;
}

export interface TrainOutput extends TrainingResult {
  /** SHA-256 of the one file. */
  readonly model: string;
}

export interface TrainPlaces {
  readonly blobs: Blobs;
  /** Where converted networks are kept. */
  readonly cache: string;
  /** For files in work. */
  readonly folder: string;
}

/** Trains anew on the pictures of a version of a data set, which are pinned with it. `followed` lets the one who started it see how far it is. */
export function trainMethod(
  { blobs, cache, folder }: TrainPlaces,
  followed: () => Following | undefined,
): EvidenceMethod {
  return {
    id: trainMethodId,
    version: '3',
    description:
      'Trains an inspection on the pictures and regions of a version of a data set, keeps those that show the same on one side of every split, sets its threshold by what was promised of false rejects from held-out good parts (Clopper and Pearson 1934), and certifies that the exported file judges as the training path does.',
    async run(parameters): Promise<TrainOutput> {
      const { kind, seed, falseRejects, settings = {}, dataset } = parameters as TrainParameters;
      const process = new InspectionProcess();
      try {
        const pictures = thawPictures((await blobs.read(dataset)).toString());
        return await withPartFiles({ blobs, cache, folder }, pictures, async (files, place) => {
          const out = join(place, 'model.onnx');
          // What `verify` runs belongs to nobody, and does everything itself.
          const resume = followed() !== undefined;
          const request = { kind, seed, falseRejects, settings, out, cache, resume, ...files };
          const result = await process.train(request, followed());
          const { hash } = await blobs.put(out);
          return { model: hash, dataset, ...result };
        });
      } finally {
        await process.close();
      }
    },
  };
}

/** Gives the work pictures as files, and a folder of its own that is taken away after it. */
export async function withPartFiles<T>(
  { blobs, folder }: TrainPlaces,
  pictures: readonly FrozenPicture[],
  work: (files: Pick<KindRequest, 'good' | 'defects'>, place: string) => Promise<T>,
): Promise<T> {
  const place = join(folder, randomUUID());
  await mkdir(place, { recursive: true });
  try {
    const files = await Promise.all(
      pictures.map(async ({ hash, ...picture }) => ({
        ...{ ...picture, name: hash, className: picture.class, path: await localBlob(blobs, hash, place) },
        pixels: picture.width * picture.height,
      })),
    );
    return await work(
      {
        good: files.filter(({ className }) => className === null),
        defects: files.flatMap((file) => (file.className === null ? [] : [{ ...file, className: file.className }])),
      },
      place,
    );
  } finally {
    await rm(place, { recursive: true, force: true });
  }
}
