import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { namedSourceSchema, openNamed } from '../cli/named-sources.ts';
import { isPictureName } from '../datasets/picture-names.ts';
import { manuvisionMeasuringErrors } from './errors.ts';
import { type StudiedFeature, studiedFeatures } from './studied-features.ts';
import { placeInFolders } from './study-place.ts';

const parametersSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('csv'), tolerance: z.number().gt(0).optional() }),
  z.strictObject({ from: z.literal('pictures'), pictures: namedSourceSchema, calibrated: z.boolean() }),
]);
export type StudyParameters = z.output<typeof parametersSchema>;

export interface StudySummary {
  readonly features: readonly StudiedFeature[];
}

/** What a study of pictures writes: the plan with the repeatability of each feature. */
export const studiedPlanFile = 'plan.json';

export const studyMethod: FileMethod = {
  id: 'manuvision.measure-study',
  version: '1',
  description:
    'Gauge repeatability and reproducibility by analysis of variance (AIAG, Measurement Systems Analysis, 4th ed. 2010), from values or from pictures of parts.',
  async run(parameters, inputs, { folder, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    if (given.from === 'csv') {
      const { parseTrials } = await import('./trials-csv.ts');
      const trials = parseTrials(await readFile(inputs[0]!, 'utf8'), basename(inputs[0]!));
      const options = given.tolerance === undefined ? {} : { tolerance: given.tolerance };
      return { output: { features: studiedFeatures(trials, () => ({ unit: null, ...options })) }, files: [] };
    }
    const [planFile, ...rest] = inputs;
    const { readCalibration, readPlan } = await import('./read-json-file.ts');
    const plan = await readPlan(planFile!);
    const calibration = given.calibrated ? await readCalibration(rest[0]!) : undefined;
    const { pictures: source } = await openNamed(
      { pictures: given.pictures },
      ['pictures'],
      rest.slice(given.calibrated ? 1 : 0),
    );
    try {
      const files = source!.files.filter(({ name }) => isPictureName(name));
      if (files.length === 0)
        throw manuvisionMeasuringErrors.MANUVISION_MEASURING_PICTURES_MISSING({ path: given.pictures.path });
      const { studyPictures } = await import('./study-pictures.ts');
      const { readPicture } = await import('@millwright/imaging');
      const pictures = files.map(({ name, read }) => ({
        ...{ fileName: name, ...placeInFolders(name) },
        read: async () => readPicture(await read(), { name }),
      }));
      const { features } = await studyPictures(pictures, plan, calibration, { signal, progress });
      const deviation = new Map(features.map(({ name, study }) => [name, study.repeatability.deviation]));
      const studied = {
        ...plan,
        features: plan.features.map((feature) => ({ ...feature, repeatability: deviation.get(feature.name) })),
      };
      await writeFile(join(folder, studiedPlanFile), `${JSON.stringify(studied, null, 2)}\n`);
      return { output: { features } satisfies StudySummary, files: [studiedPlanFile] };
    } finally {
      await source?.close();
    }
  },
};
