import { z } from 'zod';

const share = z.number().min(0).max(1);

/** Which pictures of parts a station keeps; one rule that wants a picture is enough. Without its picture a verdict cannot be proved. */
export const keepRules = z.strictObject({
  rejected: z.boolean().default(true).describe('all that were rejected'),
  refused: z.boolean().default(true).describe('all that could not be judged'),
  passed: share.default(0.01).describe('share of what passed, drawn by the hash of the picture'),
  near: share
    .nullable()
    .default(null)
    .describe('all whose score is within this share of the threshold, on either side; null: the score does not matter'),
  first: z
    .number()
    .int()
    .min(1)
    .max(100_000)
    .nullable()
    .default(null)
    .describe('so many of each lot, or of each day of the site where no lot is open, from its first part on'),
  days: z.number().min(0.01).max(36_500).nullable().default(null).describe('older ones are removed; null: none is'),
  megabytes: z
    .number()
    .min(1)
    .max(100_000_000)
    .nullable()
    .default(null)
    .describe('together at most; the oldest that passed are removed first, rejected ones last'),
});
export type KeepRules = z.output<typeof keepRules>;

/** The rule that wanted a picture; `there`: none did, it was stored already, as a picture of a data set. */
export const keptByRules = ['rejected', 'refused', 'near', 'first', 'passed', 'there'] as const;
export type KeptBy = (typeof keptByRules)[number];

/** The rule by which a kept picture was removed; `box`: its disk was full before the picture could be sent. */
export const removedByRules = ['days', 'megabytes', 'box'] as const;
export type RemovedBy = (typeof removedByRules)[number];

/** What the rules look at. */
export interface JudgedPart {
  readonly verdict: 'ok' | 'ng' | 'refused';
  readonly score: number | null;
  readonly threshold: number | null;
  /** SHA-256 of the picture. */
  readonly hash: string;
  /** Place of the part among those of its lot or day, from 1. */
  readonly place: number;
}

/** The first rule that wants the picture of a part, or null. */
export function keptBy(rules: KeepRules, part: JudgedPart): Exclude<KeptBy, 'there'> | null {
  const { verdict } = part;
  if (verdict === 'ng' && rules.rejected) return 'rejected';
  if (verdict === 'refused' && rules.refused) return 'refused';
  if (rules.near !== null && isNear(part, rules.near)) return 'near';
  if (rules.first !== null && part.place <= rules.first) return 'first';
  if (verdict === 'ok' && isDrawn(part.hash, rules.passed)) return 'passed';
  return null;
}

const isNear = ({ score, threshold }: JudgedPart, within: number): boolean =>
  score !== null && threshold !== null && Math.abs(score - threshold) <= within * Math.abs(threshold);

/** A draw that anybody can repeat: by the picture's own hash. */
const isDrawn = (hash: string, wanted: number): boolean => Number.parseInt(hash.slice(0, 8), 16) < wanted * 2 ** 32;
