import type { Point, PointInput } from '../points/service.ts';
import { isUnit } from '../units/units.ts';
import type { StructureRow } from './structure-table.ts';

/** What a row says of its point. An empty cell clears what may be empty and leaves the rest as it is. */
export type PointFacts = Partial<Omit<PointInput, 'key' | 'nodeId'>>;

/** Why a row cannot be taken. */
export class RowProblem extends Error {}

const yes = new Set(['yes', 'true', '1', 'x']);
const no = new Set(['', 'no', 'false', '0']);

/** Throws RowProblem naming the cell. */
export function pointFacts(row: StructureRow): PointFacts {
  const facts: PointFacts = {};
  if (row.name) facts.name = row.name;
  if (row.unit) {
    if (!isUnit(row.unit)) throw new RowProblem(`the unit ${row.unit} is not a unit code of UCUM, such as kW.h or m3`);
    facts.unit = row.unit;
  }
  if (row.kind) facts.kind = oneOf('kind', row.kind, ['gauge', 'delta', 'counter'] as const);
  if (row.stamp) facts.stamp = oneOf('stamp', row.stamp, ['start', 'end'] as const);
  facts.intervalSeconds = positive('interval seconds', row['interval seconds']);
  facts.carrier = row.carrier === undefined ? undefined : row.carrier || null;
  facts.quantity = row.quantity === undefined ? undefined : row.quantity || null;
  facts.minimum = numeric('minimum', row.minimum);
  facts.maximum = numeric('maximum', row.maximum);
  facts.registerMaximum = positive('register maximum', row['register maximum']);
  facts.retentionDays = positive('retention days', row['retention days']);
  if (facts.retentionDays && !Number.isInteger(facts.retentionDays))
    throw new RowProblem(`retention days: ${row['retention days']} is not a whole number`);
  facts.mainMeter = flag('main meter', row['main meter']);
  return facts;
}

/** The same point as cells. */
export function pointCells(point: Point): StructureRow {
  const text = (value: number | string | null) => (value === null ? '' : String(value));
  return {
    'point key': point.key,
    name: point.name,
    unit: point.unit,
    kind: point.kind,
    stamp: point.stamp,
    'interval seconds': text(point.intervalSeconds),
    carrier: text(point.carrier),
    quantity: text(point.quantity),
    minimum: text(point.minimum),
    maximum: text(point.maximum),
    'register maximum': text(point.registerMaximum),
    'retention days': text(point.retentionDays),
    'main meter': point.mainMeter ? 'yes' : 'no',
  };
}

function oneOf<T extends string>(column: string, text: string, allowed: readonly T[]): T {
  const found = allowed.find((value) => value === text.toLowerCase());
  if (!found) throw new RowProblem(`${column}: ${text} is none of ${allowed.join(', ')}`);
  return found;
}

function numeric(column: string, text: string | undefined): number | null | undefined {
  if (text === undefined) return undefined;
  if (text === '') return null;
  const value = Number(text);
  if (!Number.isFinite(value)) throw new RowProblem(`${column}: ${text} is not a number`);
  return value;
}

function positive(column: string, text: string | undefined): number | null | undefined {
  const value = numeric(column, text);
  if (typeof value === 'number' && value <= 0) throw new RowProblem(`${column}: ${text} is not above 0`);
  return value;
}

function flag(column: string, text: string | undefined): boolean | undefined {
  const folded = text?.toLowerCase();
  if (folded === undefined) return undefined;
  if (yes.has(folded)) return true;
  if (no.has(folded)) return false;
  throw new RowProblem(`${column}: ${text} is neither yes nor no`);
}
