import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { FileMethod } from '@millwright/ledger/files';
import { z } from 'zod';
import { namedSourceSchema, openNamed } from '../cli/named-sources.ts';
import { isPictureName } from '../datasets/picture-names.ts';
import type { Calibration } from './calibration.ts';
import { manuvisionMeasuringErrors } from './errors.ts';

const parametersSchema = z.strictObject({
  pictures: namedSourceSchema,
  squares: z.tuple([z.number().int().min(3).max(200), z.number().int().min(3).max(200)]),
  squareMm: z.number().gt(0),
  squareUncertaintyMm: z.number().min(0),
  plane: z.string().optional(),
});
export type CalibrateParameters = z.output<typeof parametersSchema>;

export const calibrationFile = 'calibration.json';

export const calibrateMethod: FileMethod = {
  id: 'manuvision.measure-calibrate',
  version: '1',
  description:
    'Calibrates a camera with radial and tangential distortion and its measuring plane from pictures of a checkerboard (Zhang 2000).',
  async run(parameters, inputs, { folder, signal, progress }) {
    const { pictures: named, ...task } = parametersSchema.parse(parameters);
    const [{ greyPlane, readPicture }, { calibratePictures }] = await Promise.all([
      import('@millwright/imaging'),
      import('./calibrate-pictures.ts'),
    ]);
    const { pictures: source } = await openNamed({ pictures: named }, ['pictures'], inputs);
    try {
      const files = source!.files.filter(({ name }) => isPictureName(name));
      if (files.length === 0)
        throw manuvisionMeasuringErrors.MANUVISION_MEASURING_PICTURES_MISSING({ path: named.path });
      const pictures = files.map((file) => ({
        name: file.name,
        read: async () => greyPlane(await readPicture(await file.read(), { name: file.name })),
      }));
      const { plane, ...rest } = task;
      const calibration = await calibratePictures(pictures, plane === undefined ? rest : { ...rest, plane }, {
        signal,
        progress,
      });
      await writeFile(join(folder, calibrationFile), `${JSON.stringify(calibration, null, 2)}\n`);
      return { output: calibration satisfies Calibration, files: [calibrationFile] };
    } finally {
      await source?.close();
    }
  },
};
