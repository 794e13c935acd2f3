import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import type { Calibration } from '../measuring/calibration.ts';
import type { MeasuringPlan } from '../measuring/plan.ts';
import type { StudiedPictures } from '../measuring/study-pictures.ts';
import type { StudyPlace } from '../measuring/study-place.ts';
import type { Reading } from '../model-file/model-file.ts';
import { type Following, InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';

export const studyMethodId = 'manuvision.study';

export interface StudyParameters {
  readonly plan: MeasuringPlan;
  readonly calibration: Calibration | null;
  /** Id and name of the data set that the pictures are of. */
  readonly dataset: { readonly id: string; readonly name: string };
  /** In the order of the finding's inputs. */
  readonly pictures: readonly (StudyPlace & { readonly fileName: string; readonly reading?: Reading })[];
}

interface StudyPlaces {
  readonly blobs: Blobs;
  /** For files in work. */
  readonly folder: string;
}

/** Measures the pinned pictures again. `followed` lets the one who started it see how far it is. */
export function studyMethod({ blobs, folder }: StudyPlaces, followed: () => Following | undefined): EvidenceMethod {
  return {
    id: studyMethodId,
    version: '1',
    description:
      'Measures pictures of parts by a plan, and works out gauge repeatability and reproducibility by analysis of variance (AIAG, Measurement Systems Analysis, 4th ed. 2010).',
    async run(parameters, inputs): Promise<StudiedPictures> {
      const { plan, calibration, pictures } = parameters as StudyParameters;
      const process = new InspectionProcess();
      const place = join(folder, randomUUID());
      await mkdir(place, { recursive: true });
      try {
        const files = await Promise.all(
          pictures.map(async (picture, at) => ({
            ...picture,
            path: await localBlob(blobs, (inputs[at]!.reference as { hash: string }).hash, place),
          })),
        );
        return await process.study({ plan, calibration, pictures: files }, followed());
      } finally {
        await process.close();
        await rm(place, { recursive: true, force: true });
      }
    },
  };
}
