import type { z } from 'zod';
import { orionErrors } from '../errors.ts';

/** Settings with the defaults filled in. Throws ORION_SETTINGS_INVALID, which names the first that is wrong. */
export function settingsOf<S extends z.ZodType>(
  { name, settings }: { readonly name: string; readonly settings: S },
  given: unknown,
): z.output<S> {
  const parsed = settings.safeParse(given ?? {});
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const where = issue!.path.map(String).join('.') || '(the whole)';
  throw orionErrors.ORION_SETTINGS_INVALID({ learner: name, where, reason: issue!.message.replace(/\.$/, '') });
}
