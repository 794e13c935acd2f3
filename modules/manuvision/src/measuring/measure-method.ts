import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { namedSourceSchema, openNamed } from '../cli/named-sources.ts';
import { isPictureName } from '../datasets/picture-names.ts';
import type { MeasuringVerdict } from './conformity.ts';
import type { DatumPose, MeasuredFeature } from './measure-picture.ts';
import { measuringNotes } from './notes.ts';

const parametersSchema = z.strictObject({
  pictures: namedSourceSchema,
  calibrated: z.boolean(),
  overlays: z.boolean(),
  /** In place of the plan's. */
  rule: z.enum(['simple', 'iso14253']).optional(),
});
export type MeasureParameters = z.output<typeof parametersSchema>;

export interface MeasuredPicture {
  readonly file: string;
  readonly features: readonly MeasuredFeature[];
  readonly verdict: MeasuringVerdict;
  readonly datum: DatumPose | null;
  /** Why nothing of it was measured. */
  readonly reason?: string;
}

export interface MeasureSummary {
  readonly results: readonly MeasuredPicture[];
}

/** Overlays by the method's own names lie below it. */
export const overlayFolder = 'overlays/';

export const measureMethod: FileMethod = {
  id: 'manuvision.measure',
  version: '1',
  description:
    'Measures features of a plan in pictures: edges by the erf edge model, lines and circles by least median of squares and least squares, with standard uncertainty (GUM, JCGM 100:2008) and verdict (ISO 14253-1:2017 where the plan says so).',
  async run(parameters, [planFile, ...rest], { folder, signal, progress }) {
    const given = parametersSchema.parse(parameters);
    const [{ greyPlane, readPicture }, { measurePicture }, { overlayOf }, { readCalibration, readPlan }] =
      await Promise.all([
        import('@millwright/imaging'),
        import('./measure-picture.ts'),
        import('./overlay.ts'),
        import('./read-json-file.ts'),
      ]);
    const own = await readPlan(planFile!);
    const plan = given.rule ? { ...own, rule: given.rule } : own;
    const calibration = given.calibrated ? await readCalibration(rest[0]!) : undefined;
    const { pictures: source } = await openNamed(
      { pictures: given.pictures },
      ['pictures'],
      rest.slice(given.calibrated ? 1 : 0),
    );
    const results: MeasuredPicture[] = [];
    const files: string[] = [];
    try {
      const pictures =
        source!.files.length === 1 ? source!.files : source!.files.filter(({ name }) => isPictureName(name));
      for (const [at, file] of pictures.entries()) {
        signal.throwIfAborted();
        progress(at / pictures.length, file.name);
        try {
          const bytes = await file.read();
          const picture = await readPicture(bytes, { name: file.name });
          const measured = measurePicture(greyPlane(picture), plan, calibration);
          const { features, verdict, datum } = measured;
          results.push({ file: file.name, features, verdict, datum });
          if (!given.overlays) continue;
          const target = `${overlayFolder}${file.name}.svg`;
          await mkdir(dirname(join(folder, target)), { recursive: true });
          await writeFile(join(folder, target), await overlayOf({ name: file.name, bytes, picture }, measured));
          files.push(target);
        } catch (error) {
          // At the line, a picture that cannot be read is a part that is not OK.
          if (!String((error as { code?: string }).code).startsWith('IMAGING_')) throw error;
          const reason = measuringNotes['picture-unreadable']({
            reason: (error as Error).message.replace(/\.$/, ''),
          }).text;
          results.push({ file: file.name, features: [], verdict: 'refused', datum: null, reason });
        }
      }
    } finally {
      await source?.close();
    }
    return { output: { results } satisfies MeasureSummary, files };
  },
};
