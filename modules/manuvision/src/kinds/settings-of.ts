import { manuvisionErrors } from '../errors.ts';
import type { InspectionKind } from './inspection.ts';

/** Settings of a kind with its defaults filled in. Throws MANUVISION_SETTINGS_INVALID, which names the first that is wrong. */
export function settingsOf({ name, settings }: InspectionKind, given: unknown): unknown {
  const parsed = settings.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue!.path.map(String).join('.') || '(the whole)';
  throw manuvisionErrors.MANUVISION_SETTINGS_INVALID({ kind: name, where, reason: issue!.message.replace(/\.$/, '') });
}
