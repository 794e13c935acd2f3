import { orionErrors } from '../../errors.ts';
import type { TrialDriver } from './trial-driver.ts';

/** One line for each family that can be tried in experiments. */
const drivers: Readonly<Record<string, () => Promise<TrialDriver>>> = {
  tables: async () => (await import('./tables-driver.ts')).tablesTrials,
};

export const trialFamilies: readonly string[] = Object.keys(drivers);

/** Throws ORION_LEARNER_UNKNOWN. */
export async function trialDriver(family: string): Promise<TrialDriver> {
  const load = Object.hasOwn(drivers, family) ? drivers[family] : undefined;
  if (!load) throw orionErrors.ORION_LEARNER_UNKNOWN({ name: family, known: trialFamilies });
  return load();
}
