import type { DataValue } from 'node-opcua';
import { Quality } from '../../quality.ts';

/** Values that a person or a program put in the place of the measured one. */
const substituted = new Set([0x00960000, 0x40910000]);

/** Severity is the top two bits of a status code: 00 good, 01 uncertain, 10 bad. */
export function statusQuality(code: number): Quality {
  if (substituted.has((code & 0xffff0000) >>> 0)) return Quality.substituted;
  return ([Quality.good, Quality.uncertain, Quality.bad, Quality.bad] as const)[code >>> 30]!;
}

/** Time of the source, else of the server, in milliseconds; undefined when neither is told. */
export function dataTime(value: Pick<DataValue, 'sourceTimestamp' | 'serverTimestamp'>): number | undefined {
  const time = value.sourceTimestamp ?? value.serverTimestamp;
  const ms = time?.getTime();
  return ms === undefined || Number.isNaN(ms) ? undefined : ms;
}

/**
 * A number from a variant's value: numbers, booleans as 0 and 1, 64-bit integers (which come as two halves), dates as
 * milliseconds since 1970. NaN for texts, structures and arrays.
 */
export function variantNumber(value: unknown, dataType: number): number {
  if (typeof value === 'number') return Number.isFinite(value) ? value : Number.NaN;
  if (typeof value === 'boolean') return value ? 1 : 0;
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.getTime();
  // Int64 is data type 8, UInt64 is 9; the halves are [high, low].
  if ((dataType === 8 || dataType === 9) && Array.isArray(value) && value.length === 2) {
    const [high, low] = value as [number, number];
    return (dataType === 8 ? high | 0 : high >>> 0) * 4294967296 + (low >>> 0);
  }
  return Number.NaN;
}
