import type { Note } from '@millwright/kernel';
import { lifeNotes } from '../notes.ts';

/** How each sensor deviates now, in its spreads; NaN where it is not known. */
export interface Deviations {
  readonly sensors: readonly string[];
  readonly values: Float64Array;
}

/** A failure that was closed with its cause, and how sensors deviated then. */
export interface PastCase {
  readonly id: string;
  readonly cause: string;
  readonly sensors: readonly string[];
  readonly values: Float64Array;
}

/** What it might be: never a verdict. */
export interface Hint {
  /** `bearing-wear`, …, or `case` with the case it resembles. */
  readonly mode: FailureMode | 'case';
  readonly caseId: string | null;
  /** Share among the hints, adding up to at most 1; what is missing speaks for something else. */
  readonly share: number;
  readonly reasons: readonly Note[];
}

export type FailureMode = 'bearing-wear' | 'leak' | 'phase-imbalance' | 'fouling' | 'overload' | 'sensor-drift';

type Role = 'vibration' | 'bearing' | 'flow' | 'power' | 'pressure' | 'temperature' | 'phase-1' | 'phase-2' | 'phase-3';

/** What a sensor measures, by its name in English, Chinese or the usual abbreviations. The first that fits holds. */
const roles: readonly (readonly [RegExp, Role])[] = [
  [/(current|strom|amps?|电流|電流)[ _-]?(l|phase)?[ _-]?[1au]$/i, 'phase-1'],
  [/(current|strom|amps?|电流|電流)[ _-]?(l|phase)?[ _-]?[2bv]$/i, 'phase-2'],
  [/(current|strom|amps?|电流|電流)[ _-]?(l|phase)?[ _-]?[3cw]$/i, 'phase-3'],
  [/vibration|accelero|振动|振動/i, 'vibration'],
  [/bearing|轴承|軸承/i, 'bearing'],
  [/flow|流量/i, 'flow'],
  [/pressure|压力|壓力/i, 'pressure'],
  [/power|load|功率|负荷|負荷/i, 'power'],
  [/temp|温度|溫度/i, 'temperature'],
];

/** Which way sensors go together when this happens; the size is how much each counts. */
const signatures: Readonly<Record<Exclude<FailureMode, 'sensor-drift'>, readonly Partial<Record<Role, number>>[]>> = {
  // Spalling raises vibration first, friction warms the bearing after it (ISO 13373-1, annex; ISO 17359, table B).
  'bearing-wear': [{ vibration: 2, bearing: 1.5 }, { vibration: 1 }, { vibration: 1, temperature: 1 }],
  // More is delivered at the same production, by more power and at less pressure.
  leak: [{ flow: 2, power: 1.5, pressure: -1 }, { flow: 1, power: 1 }, { flow: 1 }],
  'phase-imbalance': [
    { 'phase-1': 2, 'phase-2': -1, 'phase-3': -1 },
    { 'phase-1': -1, 'phase-2': 2, 'phase-3': -1 },
    { 'phase-1': -1, 'phase-2': -1, 'phase-3': 2 },
    { 'phase-1': -2, 'phase-2': 1, 'phase-3': 1 },
    { 'phase-1': 1, 'phase-2': -2, 'phase-3': 1 },
    { 'phase-1': 1, 'phase-2': 1, 'phase-3': -2 },
  ],
  // Less gets through, and what it should cool grows warmer.
  fouling: [
    { flow: -1.5, pressure: 1, temperature: 1 },
    { flow: -1, temperature: 1 },
  ],
  overload: [{ power: 1.5, temperature: 1, bearing: 0.5 }],
};

const roleOf = (sensor: string): Role | undefined => roles.find(([name]) => name.test(sensor))?.[1];

/** A sensor that deviates by less says nothing. */
const leastDeviation = 2;
/** Less alike than this is not alike. */
const leastAlike = 0.6;
/** One sensor with so much of all that deviates, where others are known that stay. */
const aloneShare = 0.9;

/**
 * What deviations look like: the nearest of a few physical signatures and of past cases, by the angle between them. Where one sensor alone
 * moves while others that are watched with it stay, the sensor itself is the first guess.
 */
export function failureHints(now: Deviations, past: readonly PastCase[]): Hint[] {
  const strong = now.values.map((value) => (Math.abs(value) >= leastDeviation ? clipped(value) : 0));
  if (strong.every((value) => value === 0)) return [];
  const found: Hint[] = [];
  const byRole = new Map<Role, number>();
  for (const [at, sensor] of now.sensors.entries()) {
    const role = roleOf(sensor);
    if (role && Math.abs(strong[at]!) > Math.abs(byRole.get(role) ?? 0)) byRole.set(role, strong[at]!);
  }
  const moved = strong.reduce((sum, value) => sum + value * value, 0);
  for (const [mode, patterns] of Object.entries(signatures)) {
    const alike = Math.max(...patterns.map((pattern) => likeness(pattern, byRole)));
    if (alike >= leastAlike)
      found.push({ mode: mode as FailureMode, caseId: null, share: alike ** 4, reasons: reasonsOf(now, strong) });
  }
  const [most, place] = largest(strong);
  const known = now.values.filter((value) => !Number.isNaN(value)).length;
  if (known > 1 && (most * most) / moved >= aloneShare)
    found.push({
      ...{ mode: 'sensor-drift', caseId: null, share: 0.5 },
      reasons: [lifeNotes['moves-alone']({ sensor: now.sensors[place]! })],
    });
  for (const one of past) {
    const alike = likenessOf(now.sensors, strong, one);
    if (alike >= leastAlike)
      found.push({
        ...{ mode: 'case', caseId: one.id, share: alike ** 4 },
        reasons: [lifeNotes['like-case']({ cause: one.cause, alike: { share: alike } })],
      });
  }
  const all = found.reduce((sum, { share }) => sum + share, 0);
  // What was not told apart keeps a part, so that a weak likeness alone is not everything.
  const whole = Math.max(all, 1);
  return found.map((hint) => ({ ...hint, share: hint.share / whole })).sort((a, b) => b.share - a.share);
}

/** One broken value does not outweigh all others. */
const clipped = (value: number): number => Math.max(-20, Math.min(20, value));

function largest(values: Float64Array): [number, number] {
  let place = 0;
  for (let at = 1; at < values.length; at++) if (Math.abs(values[at]!) > Math.abs(values[place]!)) place = at;
  return [values[place]!, place];
}

/** Cosine between a pattern and what is seen; every role that is seen counts, whether or not the pattern names it. */
function likeness(pattern: Partial<Record<Role, number>>, seen: ReadonlyMap<Role, number>): number {
  let [inner, own, other] = [0, 0, 0];
  // By the logarithm of their size, so that one sensor far off does not hide what moves with it.
  for (const value of seen.values()) other += Math.log1p(Math.abs(value)) ** 2;
  for (const [role, weight] of Object.entries(pattern)) {
    const value = seen.get(role as Role) ?? 0;
    inner += weight * Math.sign(value) * Math.log1p(Math.abs(value));
    own += weight * weight;
  }
  return other > 0 ? inner / Math.sqrt(own * other) : 0;
}

function likenessOf(sensors: readonly string[], now: Float64Array, past: PastCase): number {
  let [inner, own, other] = [0, 0, 0];
  for (const [at, sensor] of sensors.entries()) {
    const place = past.sensors.indexOf(sensor);
    const before = place < 0 || Number.isNaN(past.values[place]!) ? 0 : clipped(past.values[place]!);
    inner += now[at]! * before;
    own += now[at]! ** 2;
    other += before ** 2;
  }
  return own > 0 && other > 0 ? inner / Math.sqrt(own * other) : 0;
}

function reasonsOf({ sensors }: Deviations, strong: Float64Array): Note[] {
  return [...strong.keys()]
    .filter((at) => strong[at] !== 0)
    .sort((a, b) => Math.abs(strong[b]!) - Math.abs(strong[a]!))
    .slice(0, 4)
    .map((at) => {
      const values = { sensor: sensors[at]!, spreads: Math.round(Math.abs(strong[at]!) * 10) / 10 };
      return strong[at]! > 0 ? lifeNotes.above(values) : lifeNotes.below(values);
    });
}
