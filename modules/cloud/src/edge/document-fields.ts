import type { EdgeDocument } from './edge-part.ts';

/** Where a field stands in a document, from its root down; members of lists by their `id`, else by their position. */
export type FieldPath = readonly string[];

/** What a box sets itself, whatever the server wants there. */
export interface FieldOverride {
  readonly path: FieldPath;
  readonly value: unknown;
}

export interface FieldDifference {
  readonly path: FieldPath;
  /** Undefined where one side has no such field. */
  readonly desired: unknown;
  readonly reported: unknown;
  /** Whose value holds: the box keeps its own fields, everything else it will take from the server. */
  readonly winner: 'box' | 'server';
}

type Members = Map<string, unknown>;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const idOf = (value: unknown): string | undefined =>
  isObject(value) && (typeof value.id === 'string' || typeof value.id === 'number') ? String(value.id) : undefined;

/** The members of an object, or of a list whose members have an `id` each; undefined for what is compared as a whole. */
function membersOf(value: unknown): Members | undefined {
  if (isObject(value)) return new Map(Object.entries(value));
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const ids = value.map(idOf);
  if (ids.includes(undefined) || new Set(ids).size < ids.length) return undefined;
  return new Map(value.map((member, at) => [ids[at]!, member]));
}

/** Key order is no difference. */
function isSame(one: unknown, other: unknown): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((value, at) => isSame(value, other[at]));
  if (!isObject(one) || !isObject(other)) return Object.is(one, other);
  const keys = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keys.every((key) => isSame(one[key], other[key]));
}

/** Whether a field, or one it stands in, is among `patterns`; `*` is any one step. */
export function isBoxField(patterns: readonly string[], path: FieldPath): boolean {
  return patterns.some((pattern) => {
    const steps = pattern.split('.');
    return steps.length <= path.length && steps.every((step, at) => step === '*' || step === path[at]);
  });
}

/** Field by field, what is in effect otherwise than desired, and which of the two holds. */
export function fieldDifferences(
  desired: EdgeDocument,
  reported: EdgeDocument,
  boxFields: readonly string[],
): FieldDifference[] {
  const found: FieldDifference[] = [];
  const walk = (path: FieldPath, mine: unknown, theirs: unknown) => {
    if (isSame(mine, theirs)) return;
    const [left, right] = [membersOf(mine), membersOf(theirs)];
    if (left && right && Array.isArray(mine) === Array.isArray(theirs)) {
      for (const key of new Set([...left.keys(), ...right.keys()])) walk([...path, key], left.get(key), right.get(key));
      return;
    }
    const winner = isBoxField(boxFields, path) ? 'box' : 'server';
    found.push({ path, desired: mine, reported: theirs, winner });
  };
  walk([], desired, reported);
  // The database keeps no order of keys.
  return found.sort((one, other) => (one.path.join('.') < other.path.join('.') ? -1 : 1));
}

/** As people may see it, also those who may see boxes and not what they open: passwords are covered. */
export function withoutPasswords<Value>(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutPasswords) as Value;
  if (!isObject(value)) return value;
  const covered = Object.entries(value).map(([key, one]) => [
    key,
    key === 'password' && typeof one === 'string' ? '***' : withoutPasswords(one),
  ]);
  return Object.fromEntries(covered) as Value;
}

/** The document with the overrides in it. One whose place is not there any more changes nothing. */
export function withOverrides(document: EdgeDocument, overrides: readonly FieldOverride[]): EdgeDocument {
  const copy = structuredClone(document) as Record<string, unknown>;
  for (const { path, value } of overrides) {
    let place: unknown = copy;
    for (const step of path.slice(0, -1)) place = membersOf(place)?.get(step);
    const last = path.at(-1);
    // Only into what is there: a camera that the server took away must not come back as half a one.
    if (last !== undefined && isObject(place)) place[last] = structuredClone(value);
  }
  return copy;
}
