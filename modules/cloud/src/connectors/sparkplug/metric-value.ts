import { Quality } from '../../quality.ts';
import type { SparkplugMetric } from './decode-payload.ts';

/** Sparkplug B data type numbers (specification 3.0, chapter 6.4.16). */
export const dataTypes = {
  Int8: 1,
  Int16: 2,
  Int32: 3,
  Int64: 4,
  UInt8: 5,
  UInt16: 6,
  UInt32: 7,
  UInt64: 8,
  Float: 9,
  Double: 10,
  Boolean: 11,
  String: 12,
  DateTime: 13,
  Text: 14,
  UUID: 15,
  DataSet: 16,
  Bytes: 17,
  File: 18,
  Template: 19,
} as const;

/** What the specification calls a data type; its number where it has no name, as arrays have here. */
export function typeName(datatype: number): string {
  return Object.entries(dataTypes).find(([, number]) => number === datatype)?.[0] ?? `type ${datatype}`;
}

/** Integers, floats, booleans (0 and 1) and date-times (milliseconds since 1970) are points; the rest is not a quantity. */
export function isNumericType(datatype: number): boolean {
  return (datatype >= dataTypes.Int8 && datatype <= dataTypes.Boolean) || datatype === dataTypes.DateTime;
}

const twoTo32 = 4294967296;

/**
 * The value as a number; NaN when the metric carries none. Small signed integers come as an unsigned 32-bit field that
 * some senders fill to 8 or 16 bits and others to 32, so the sign is taken from the declared width.
 */
export function metricValue(metric: SparkplugMetric, datatype: number): number {
  switch (metric.field) {
    case 'float':
    case 'double':
    case 'boolean':
      return metric.number;
    case 'int':
    case 'long':
      break;
    default:
      return Number.NaN;
  }
  switch (datatype) {
    case dataTypes.Int8:
      return (metric.low << 24) >> 24;
    case dataTypes.Int16:
      return (metric.low << 16) >> 16;
    case dataTypes.Int32:
      return metric.low | 0;
    case dataTypes.Int64:
      // A sender that uses the 32-bit field for a 64-bit type has no room for the sign above bit 31.
      return metric.field === 'int' ? metric.low | 0 : (metric.high | 0) * twoTo32 + metric.low;
    case dataTypes.UInt8:
      return metric.low & 0xff;
    case dataTypes.UInt16:
      return metric.low & 0xffff;
    case dataTypes.UInt32:
      return metric.low;
    case dataTypes.Boolean:
      return metric.low === 0 && metric.high === 0 ? 0 : 1;
    default:
      return metric.high * twoTo32 + metric.low;
  }
}

/** The property `Quality` of Sparkplug 3.0: 192 good, 0 bad, 500 stale. Absent means good. */
export function metricQuality(quality: number): Quality {
  if (quality < 0 || quality === 192) return Quality.good;
  if (quality === 500) return Quality.uncertain;
  // Other senders put the OPC quality byte here: top two bits 11 good, 01 uncertain, 00 bad.
  if (quality > 0 && quality < 256) return [Quality.bad, Quality.uncertain, Quality.bad, Quality.good][quality >> 6]!;
  return Quality.bad;
}
