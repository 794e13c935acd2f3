import type { SensorData } from '../../anomalies/types.ts';
import { quantileSorted, sortedKnown } from '../../numerics/quantile.ts';

/** A machine whose sensor reads below this stands still. */
export interface Standstill {
  /** Place among the sensors. */
  readonly sensor: number;
  readonly below: number;
}

/** Names of what is zero where a machine stands still. */
const driving = /power|speed|rpm|current|frequency|leistung|功率|转速|電流|电流|轉速/i;
/** So much of its usual highest value is as good as nothing, and from so much on it runs. */
const nothingShare = 0.02;
const runningShare = 0.06;
/** It must stand in this share of the rows for standing to be usual, and be in between in less than that. */
const leastStanding = 0.02;

/**
 * Sensors that show a standstill by themselves: of those that drive a machine, one that is near zero for a good part of the time and
 * hardly ever between that and running.
 */
export function findStandstill({ names, rows, values }: SensorData): Standstill[] {
  const found: Standstill[] = [];
  for (const [sensor, name] of names.entries()) {
    if (!driving.test(name)) continue;
    const sorted = sortedKnown(values, sensor, names.length);
    const usual = quantileSorted(sorted, 0.95);
    if (!(usual > 0) || sorted.length < rows / 2) continue;
    let [nothing, between] = [0, 0];
    for (const value of sorted) {
      if (value <= nothingShare * usual) nothing += 1;
      else if (value < runningShare * usual) between += 1;
    }
    if (nothing >= leastStanding * sorted.length && between < nothing / 4 && nothing < 0.9 * sorted.length)
      found.push({ sensor, below: ((nothingShare + runningShare) / 2) * usual });
  }
  return found;
}

export function stands(standstill: readonly Standstill[], values: Float64Array, at: number): boolean {
  for (const { sensor, below } of standstill) if (values[at + sensor]! < below) return true;
  return false;
}
