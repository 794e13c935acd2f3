import { esgErrors } from '../errors.ts';
import { type Factor, factorContent, factorKey, factorSchema } from './factor.ts';

export type FactorDraft = Omit<Factor, 'version' | 'supersedes' | 'supersededBy'>;

/**
 * The only way a factor changes: the old one stays as it was and says what took its place; the new one is the next
 * version of the same id (or the first of another id). Neither argument is changed.
 * Throws ESG_FACTOR_SUPERSEDED, ESG_FACTOR_UNCHANGED or ESG_FACTOR_INVALID.
 */
export function supersede(oldFactor: Factor, newFactor: FactorDraft): { superseded: Factor; current: Factor } {
  const key = factorKey(oldFactor);
  if (oldFactor.supersededBy) throw esgErrors.ESG_FACTOR_SUPERSEDED({ id: key, by: oldFactor.supersededBy });
  const version = newFactor.id === oldFactor.id ? oldFactor.version + 1 : 1;
  const parsed = factorSchema.safeParse({ ...newFactor, version, supersedes: key, supersededBy: undefined });
  if (!parsed.success) throw esgErrors.ESG_FACTOR_INVALID({ id: newFactor.id, problems: problemsOf(parsed.error) });
  if (sameStatement(oldFactor, parsed.data)) throw esgErrors.ESG_FACTOR_UNCHANGED({ id: key });
  const current = Object.freeze(parsed.data);
  return { superseded: Object.freeze({ ...oldFactor, supersededBy: factorKey(current) }), current };
}

/** Whether two factors state the same, whatever their version. */
export function sameStatement(a: Factor, b: Factor): boolean {
  return statement(a) === statement(b);
}

function statement(factor: Factor): string {
  const { version: _version, supersedes: _supersedes, ...content } = factorContent(factor);
  return JSON.stringify(content, (_key, value: unknown) =>
    // By name, as the order of members says nothing: the database keeps another than a file.
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}

/** The problems of a failed check, each with the field it is about. */
export function problemsOf(error: { issues: readonly { path: PropertyKey[]; message: string }[] }): string[] {
  return error.issues.map(({ path, message }) =>
    path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message,
  );
}
