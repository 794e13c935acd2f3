import { rulesJsonSchema } from '@millwright/matrixvision';
import { type Field, fieldsOf, type JsonSchema } from '../../../cloud/sources/schema-fields.ts';
import type { Drawn } from '../../types.ts';
import type { DraftRule } from './draft.ts';

/** A part of a rule that is drawn on the picture. */
export interface ShapeField {
  readonly name: string;
  readonly isZone: boolean;
  readonly required: boolean;
}

export interface RuleForm {
  readonly kind: string;
  readonly shapes: readonly ShapeField[];
  readonly fields: readonly Field[];
  /** Of lists whose entries are among given ones. */
  readonly choices: Readonly<Record<string, readonly string[]>>;
}

interface RulesSchema {
  readonly properties: { readonly rules: { readonly items: { readonly oneOf: readonly JsonSchema[] } } };
}

type PointsSchema = JsonSchema & { readonly minItems?: number; readonly items?: { readonly prefixItems?: object[] } };

const isPoints = (schema: PointsSchema): boolean => schema.type === 'array' && schema.items?.prefixItems?.length === 2;

/** Fields that are not drawn from their schema: they have a place of their own, or are no choice of anybody. */
const besides = new Set(['kind', 'enabled']);

function formOf(schema: JsonSchema): RuleForm {
  const { properties = {}, required = [] } = schema;
  const drawn = Object.entries(properties).filter(([, each]) => isPoints(each));
  const names = new Set(drawn.map(([name]) => name));
  return {
    kind: String(properties.kind?.const),
    shapes: drawn.map(([name, each]) => ({
      name,
      isZone: ((each as PointsSchema).minItems ?? 2) > 2,
      required: required.includes(name),
    })),
    choices: Object.fromEntries(
      Object.entries(properties).flatMap(([name, { items }]) => (items?.enum ? [[name, items.enum.map(String)]] : [])),
    ),
    fields: fieldsOf(schema).filter(({ name }) => !names.has(name) && !besides.has(name)),
  };
}

/** How each kind of rule is filled in, from the schema of rules files: a new kind needs no code here. */
export const ruleForms: readonly RuleForm[] = (
  rulesJsonSchema() as unknown as RulesSchema
).properties.rules.items.oneOf.map(formOf);

export const formOfKind = (kind: string): RuleForm | undefined => ruleForms.find((form) => form.kind === kind);

/** The drawn parts of a rule that are there. */
export function shapesOf(rule: DraftRule): (ShapeField & { points: readonly Drawn[] })[] {
  return (formOfKind(rule.kind)?.shapes ?? []).flatMap((field) => {
    const points = rule[field.name] as readonly Drawn[] | undefined;
    return points && points.length > 1 ? [{ ...field, points }] : [];
  });
}
