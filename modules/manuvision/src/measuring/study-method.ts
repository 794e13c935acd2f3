import { readFile, writeFile } from 'node:fs/promises';
import { basename, join, posix } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { namedSourceSchema, openNamed } from '../cli/named-sources.ts';
import { isPictureName } from '../datasets/picture-names.ts';
import type { SourceFile } from '../datasets/source.ts';
import type { Calibration } from './calibration.ts';
import { manuvisionMeasuringErrors } from './errors.ts';
import { type GaugeStudy, gaugeStudy } from './gauge-study.ts';
import type { MeasuringUnit } from './measure-picture.ts';
import type { MeasuringPlan } from './plan.ts';
import type { FeatureTrial } from './trials-csv.ts';

const parametersSchema = z.discriminatedUnion('from', [
  z.strictObject({ from: z.literal('csv'), tolerance: z.number().gt(0).optional() }),
  z.strictObject({ from: z.literal('pictures'), pictures: namedSourceSchema, calibrated: z.boolean() }),
]);
export type StudyParameters = z.output<typeof parametersSchema>;

export interface StudiedFeature {
  readonly name: string;
  readonly unit: MeasuringUnit | null;
  /** Upper less lower limit; null where the plan has not both. */
  readonly tolerance: number | null;
  readonly study: GaugeStudy;
}

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
      return { output: { features: studies(trials, () => ({ unit: null, ...options })) }, files: [] };
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
      const trials: (FeatureTrial & { unit: MeasuringUnit })[] = [];
      for (const [at, file] of files.entries()) {
        signal.throwIfAborted();
        progress(at / files.length, file.name);
        trials.push(...(await trialsIn(file, plan, calibration)));
      }
      if (trials.length === 0)
        throw manuvisionMeasuringErrors.MANUVISION_MEASURING_PICTURES_MISSING({ path: given.pictures.path });
      const unitOf = new Map(trials.map(({ feature, unit }) => [feature, unit]));
      const features = studies(trials, (name) => ({ unit: unitOf.get(name) ?? null, ...toleranceOf(plan, name) }));
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

function studies(
  trials: readonly FeatureTrial[],
  of: (name: string) => { unit: MeasuringUnit | null; tolerance?: number },
): StudiedFeature[] {
  const names = [...new Set(trials.map(({ feature }) => feature))];
  return names.map((name) => {
    const { unit, tolerance } = of(name);
    const own = trials.filter(({ feature }) => feature === name);
    const study = gaugeStudy(own, tolerance === undefined ? {} : { tolerance });
    return { name, unit, tolerance: tolerance ?? null, study };
  });
}

function toleranceOf(plan: MeasuringPlan, name: string): { tolerance?: number } {
  const { plus, minus } = plan.features.find((feature) => feature.name === name)!;
  return plus !== undefined && minus !== undefined && plus + minus > 0 ? { tolerance: plus + minus } : {};
}

/** Pictures lie in PART/OPERATOR/, or in PART/ where there is one operator. */
async function trialsIn(file: SourceFile, plan: MeasuringPlan, calibration: Calibration | undefined) {
  const [part = '', operator = 'one'] = posix.dirname(file.name).split('/').slice(-2);
  const [{ greyPlane, readPicture }, { measurePicture }] = await Promise.all([
    import('@millwright/imaging'),
    import('./measure-picture.ts'),
  ]);
  const plane = greyPlane(await readPicture(await file.read(), { name: file.name }));
  return measurePicture(plane, plan, calibration).features.map(({ name, value, unit, reason }) => {
    if (value === null)
      throw manuvisionMeasuringErrors.MANUVISION_STUDY_REFUSED({ file: file.name, name, reason: reason! });
    return { feature: name, part, operator, value, unit };
  });
}
