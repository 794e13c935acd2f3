import { Quality } from '../quality.ts';

const names: Record<string, Quality> = {
  good: Quality.good,
  ok: Quality.good,
  valid: Quality.good,
  true: Quality.good,
  uncertain: Quality.uncertain,
  stale: Quality.uncertain,
  bad: Quality.bad,
  invalid: Quality.bad,
  error: Quality.bad,
  false: Quality.bad,
  substituted: Quality.substituted,
  estimated: Quality.substituted,
};

/**
 * Quality as sources write it: a word, true or false, our own number 0 to 3, or OPC's byte (192 good, 64 uncertain).
 * Absent is good. What is not understood is uncertain: the source meant to say something about the value.
 */
export function parseQuality(value: unknown): Quality {
  if (value === undefined || value === null) return Quality.good;
  if (typeof value === 'number' && value >= 4 && value <= 255)
    return ([Quality.bad, Quality.uncertain, Quality.bad, Quality.good] as const)[value >> 6] ?? Quality.uncertain;
  if (value === 0 || value === 1 || value === 2 || value === 3) return value;
  const word = String(value).trim().toLowerCase();
  return (Object.hasOwn(names, word) ? names[word] : undefined) ?? Quality.uncertain;
}
