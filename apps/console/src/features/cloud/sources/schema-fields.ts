/** As much of JSON Schema as the server's settings use. */
export interface JsonSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly required?: readonly string[];
  readonly items?: JsonSchema;
  readonly oneOf?: readonly JsonSchema[];
  readonly anyOf?: readonly JsonSchema[];
}

interface FieldBase {
  readonly name: string;
  readonly required: boolean;
  readonly hint: string | undefined;
  readonly default: unknown;
}

export type Field = FieldBase &
  (
    | { readonly kind: 'text' | 'secret' | 'boolean' | 'words' | 'json' }
    | { readonly kind: 'number'; readonly minimum?: number; readonly maximum?: number; readonly whole: boolean }
    | { readonly kind: 'choice'; readonly choices: readonly string[] }
    | { readonly kind: 'group'; readonly fields: readonly Field[] }
    | { readonly kind: 'rows'; readonly fields: readonly Field[] }
    | { readonly kind: 'variant'; readonly tag: string; readonly variants: readonly Variant[] }
  );

export interface Variant {
  readonly value: string;
  readonly fields: readonly Field[];
}

const secret = /password|secret|token/i;

/** The property that tells the variants of a union apart. */
function tagOf(variants: readonly JsonSchema[]): string | undefined {
  return Object.keys(variants[0]?.properties ?? {}).find((name) =>
    variants.every(({ properties }) => properties?.[name]?.const !== undefined),
  );
}

function fieldOf(name: string, schema: JsonSchema, required: boolean): Field {
  const base = { name, required, hint: schema.description, default: schema.default };
  const union = schema.oneOf ?? schema.anyOf;
  if (union) {
    const tag = tagOf(union);
    if (!tag) return { ...base, kind: 'json' };
    const variants = union.map((variant) => ({
      value: String(variant.properties![tag]!.const),
      fields: fieldsOf(variant).filter((field) => field.name !== tag),
    }));
    return { ...base, kind: 'variant', tag, variants };
  }
  if (schema.enum) return { ...base, kind: 'choice', choices: schema.enum.map(String) };
  if (schema.type === 'number' || schema.type === 'integer') {
    const { minimum, maximum } = schema;
    return { ...base, kind: 'number', minimum, maximum, whole: schema.type === 'integer' };
  }
  if (schema.type === 'boolean') return { ...base, kind: 'boolean' };
  if (schema.type === 'object') return { ...base, kind: 'group', fields: fieldsOf(schema) };
  if (schema.type === 'array') return listOf(base, schema.items ?? {});
  return { ...base, kind: secret.test(name) ? 'secret' : 'text' };
}

/** A list of words, a table of flat rows, or what only text can say. */
function listOf(base: FieldBase, items: JsonSchema): Field {
  if (items.type === 'string') return { ...base, kind: 'words' };
  const row = items.type === 'object' ? items : items.anyOf?.find(({ type }) => type === 'object');
  if (!row) return { ...base, kind: 'json' };
  const fields = fieldsOf(row);
  const flat = fields.every(({ kind }) => ['text', 'number', 'choice', 'boolean'].includes(kind));
  return flat ? { ...base, kind: 'rows', fields } : { ...base, kind: 'json' };
}

/** The settings of a kind of source as fields of a form, those that must be filled in first. */
export function fieldsOf({ properties = {}, required = [] }: JsonSchema): Field[] {
  const fields = Object.entries(properties).map(([name, schema]) => fieldOf(name, schema, required.includes(name)));
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

/** What the form begins with: the server's defaults. */
export function defaultsOf(fields: readonly Field[]): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const field of fields) {
    if (field.default !== undefined) values[field.name] = field.default;
    else if (field.kind === 'rows' && field.required) values[field.name] = [{}];
    else if (field.kind === 'variant' && field.required) {
      const [first] = field.variants;
      values[field.name] = { [field.tag]: first?.value, ...defaultsOf(first?.fields ?? []) };
    }
  }
  return values;
}

/**
 * Without what was left empty: the server then takes its default, and refuses an empty text. A group of which nothing
 * was filled in is empty too; undefined when all is.
 */
export function withoutEmpty(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutEmpty).filter((item) => item !== undefined);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value)
      .map(([name, inner]): [string, unknown] => [name, withoutEmpty(inner)])
      .filter(([, inner]) => inner !== undefined);
    return entries.length > 0 ? Object.fromEntries(entries) : undefined;
  }
  return value === '' || value === null ? undefined : value;
}
