import { manuvisionErrors } from '../errors.ts';
import type { InspectionKind } from './inspection.ts';

/** Every kind that trains on pictures, by its name; loaded when it is asked for, since each brings what is heavy. */
const kinds: Readonly<Record<string, () => Promise<InspectionKind>>> = {
  anomaly: async () => (await import('../anomaly/anomaly-kind.ts')).anomalyKind,
  template: async () => (await import('../template/template-kind.ts')).templateKind,
  measuring: async () => (await import('../measuring/measuring-kind.ts')).measuringKind,
  classes: async () => (await import('../classify/classes-kind.ts')).classesKind,
  codes: async () => (await import('../codes/codes-kind.ts')).codesKind,
  text: async () => (await import('../reading/kinds/text-kind.ts')).textKind,
  dial: async () => (await import('../reading/kinds/dial-kind.ts')).dialKind,
  digits: async () => (await import('../reading/kinds/digits-kind.ts')).digitsKind,
  defects: async () => (await import('../defects/defects-kind.ts')).defectsKind,
};

export const kindNames = (): readonly string[] => Object.keys(kinds);

/** Throws MANUVISION_KIND_UNKNOWN. */
export async function inspectionKind(name: string): Promise<InspectionKind> {
  const load = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
  if (!load) throw manuvisionErrors.MANUVISION_KIND_UNKNOWN({ kind: name, known: kindNames() });
  return load();
}
