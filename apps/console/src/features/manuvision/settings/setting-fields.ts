import { type Field, fieldsOf, type JsonSchema } from '../../cloud/sources/schema-fields.ts';

/** Settings that have an editor of their own beside a picture. */
const handMade: ReadonlySet<string> = new Set([
  ...['region', 'ignored', 'base', 'scale', 'plan', 'calibration', 'format'],
]);
/** They stand in the way of nobody who does not look for them. */
const seldom: ReadonlySet<string> = new Set([
  ...['layers', 'bank', 'worst', 'deviations', 'margin', 'shift', 'budgetMs', 'regionAt', 'smallest', 'edge'],
  ...['leastConfidence', 'side', 'longSide', 'backbone'],
]);

/** Fields of the plain settings: those that matter, and those that seldom do. */
export function settingFields(schema: JsonSchema): { readonly usual: Field[]; readonly rare: Field[] } {
  const properties = Object.entries(schema.properties ?? {}).map(([name, one]) => [name, withoutNull(one)] as const);
  const fields = fieldsOf({ ...schema, properties: Object.fromEntries(properties) }).filter(
    ({ name }) => !handMade.has(name),
  );
  return { usual: fields.filter(({ name }) => !seldom.has(name)), rare: fields.filter(({ name }) => seldom.has(name)) };
}

/** What may be null is left empty for it. */
function withoutNull(schema: JsonSchema): JsonSchema {
  const [one, ...more] = schema.anyOf?.filter(({ type }) => type !== 'null') ?? [];
  if (!one || more.length > 0 || schema.anyOf!.length === 1) return schema;
  return { ...one, default: schema.default, ...(schema.description ? { description: schema.description } : {}) };
}
