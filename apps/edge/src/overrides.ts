import { join } from 'node:path';
import type { EdgePart } from '@millwright/cloud';
import { type FieldOverride, isBoxField } from '@millwright/cloud/edge';
import { agentErrors } from './errors.ts';
import { readJson, writeWhole } from './files.ts';

/** What this box sets itself, by part. */
export type Overrides = Readonly<Record<string, readonly FieldOverride[]>>;

const fileOf = (folder: string) => join(folder, 'overrides.json');

export async function readOverrides(folder: string): Promise<Overrides> {
  return (await readJson<Overrides>(fileOf(folder))) ?? {};
}

/**
 * Sets a field of a part on this box, whatever the server wants there; undefined gives it back to the server. A running
 * agent takes it in within seconds. Throws EDGE_PART_ABSENT, EDGE_FIELD_FOREIGN.
 */
export async function setOverride(
  folder: string,
  parts: readonly Pick<EdgePart, 'name' | 'boxFields'>[],
  given: { readonly part: string; readonly field: string; readonly value: unknown },
): Promise<Overrides> {
  const part = parts.find(({ name }) => name === given.part);
  if (!part) throw agentErrors.EDGE_PART_ABSENT({ part: given.part, known: parts.map(({ name }) => name) });
  const path = given.field.split('.');
  if (!isBoxField(part.boxFields, path))
    throw agentErrors.EDGE_FIELD_FOREIGN({ field: given.field, part: part.name, fields: [...part.boxFields] });
  const before = await readOverrides(folder);
  const others = (before[part.name] ?? []).filter((one) => one.path.join('.') !== given.field);
  const own = given.value === undefined ? others : [...others, { path, value: given.value }];
  const after = { ...before, [part.name]: own };
  await writeWhole(fileOf(folder), JSON.stringify(after, null, 2));
  return after;
}
