import { manuvisionErrors } from '../errors.ts';
import type { PartPicture } from './inspection.ts';

/** The good picture that a setting names, for others to be laid on; undefined where it names none. Throws MANUVISION_BASE_MISSING. */
export function basePicture(good: readonly PartPicture[], base: string | undefined): PartPicture | undefined {
  if (base === undefined) return undefined;
  const found = good.find(({ name }) => name === base);
  if (!found) throw manuvisionErrors.MANUVISION_BASE_MISSING({ base });
  return found;
}
