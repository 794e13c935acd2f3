import { readFile } from 'node:fs/promises';
import type { z } from 'zod';
import { type Calibration, calibrationSchema } from './calibration.ts';
import { manuvisionMeasuringErrors } from './errors.ts';
import { type MeasuringPlan, planSchema } from './plan.ts';

interface Fault {
  readonly where: string;
  readonly reason: string;
}

/** Reads a measuring plan. Throws MANUVISION_PLAN_INVALID. */
export const readPlan = (file: string): Promise<MeasuringPlan> =>
  readJson(file, planSchema, (fault, cause) =>
    manuvisionMeasuringErrors.MANUVISION_PLAN_INVALID({ file, ...fault }, cause),
  );

/** Reads a calibration. Throws MANUVISION_CALIBRATION_INVALID. */
export const readCalibration = (file: string): Promise<Calibration> =>
  readJson(file, calibrationSchema, (fault, cause) =>
    manuvisionMeasuringErrors.MANUVISION_CALIBRATION_INVALID({ file, ...fault }, cause),
  );

async function readJson<Schema extends z.ZodType>(
  file: string,
  schema: Schema,
  fault: (fault: Fault, cause?: unknown) => Error,
): Promise<z.output<Schema>> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    throw fault({ where: 'the file', reason: (error as Error).message.replace(/\.$/, '') }, error);
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue!.path.map(String).join('.') || 'the file';
  throw fault({ where, reason: issue!.message.replace(/\.$/, '') });
}
