import { z } from 'zod';

/** What all trees can be told. */
export const treeSettings = {
  /** Leaves of a tree at most. */
  leaves: z.number().int().min(2).max(4096).default(31),
  /** Splits from the root to a leaf at most. */
  depth: z.number().int().min(1).max(64).default(64),
  /** Rows of a leaf at least. */
  minRows: z.number().int().min(1).max(1e9).default(20),
  /** Bins of a column at most, beside the one for gaps. */
  bins: z.number().int().min(2).max(255).default(255),
  /** Share of the rows that a tree learns from. */
  rows: z.number().gt(0).max(1).default(1),
};

export const boostingSettings = z.strictObject({
  ...treeSettings,
  rounds: z.number().int().min(1).max(100_000).default(200),
  learningRate: z.number().gt(0).max(1).default(0.06),
  /** Share of the columns that a tree may split by. */
  columns: z.number().gt(0).max(1).default(1),
  /** How strongly a leaf's value is drawn to nothing, in rows of the squared loss. */
  penalty: z.number().min(0).max(1e9).default(1),
  minHessian: z.number().min(0).max(1e9).default(1e-3),
  /** A split lowers the loss by at least half of this. */
  minGain: z.number().min(0).max(1e9).default(0),
  /** Of a regression: told is not the mean but what is exceeded by 1 - quantile of the rows. */
  quantile: z.number().gt(0).lt(1).nullable().default(null),
  /** By a column's name, 1 where the prediction may only rise with it and -1 where it may only fall. */
  monotone: z.record(z.string(), z.union([z.literal(1), z.literal(-1)])).default({}),
  /** Ends after so many rounds without a lower loss of rows that are held out, and goes back to the best; 0 learns from all rows. */
  stop: z.number().int().min(0).max(100_000).default(0),
  /** Share of the rows that `stop` holds out: the last in time, or drawn where there is no time. */
  heldOut: z.number().gt(0).max(0.5).default(0.15),
  /** Every class counts the same in all, however rare it is. Probabilities are then those of even classes. */
  balanced: z.boolean().default(false),
});
export type BoostingSettings = z.output<typeof boostingSettings>;

export const forestSettings = z.strictObject({
  ...treeSettings,
  /** Share of the rows that are drawn for a tree, with return. */
  rows: z.number().gt(0).max(1).default(1),
  leaves: z.number().int().min(2).max(4096).default(512),
  minRows: z.number().int().min(1).max(1e9).default(3),
  trees: z.number().int().min(1).max(10_000).default(100),
  /** Share of the columns that a split may choose from; null: the square root of their number for classes, a third for a regression. */
  columns: z.number().gt(0).max(1).nullable().default(null),
  balanced: z.boolean().default(false),
});
export type ForestSettings = z.output<typeof forestSettings>;
