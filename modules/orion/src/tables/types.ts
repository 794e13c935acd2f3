import type { OnnxGraph } from '@millwright/inference';
import type { Fitted, LearnerKind } from '../learners/learner.ts';
import type { Table } from '../table/table.ts';

/** A table and what is to be told of each of its rows. The target is no column of the table. */
export type TableData = RegressionData | ClassificationData;

interface Rows {
  /** The columns to learn from; `table.time` orders the rows where there is one. */
  readonly table: Table;
  /** How much each row counts; 1 where left out. */
  readonly weights?: Float64Array;
}

export interface RegressionData extends Rows {
  readonly task: 'regression';
  /** Finite numbers, one a row. */
  readonly target: Float64Array;
}

export interface ClassificationData extends Rows {
  readonly task: 'classification';
  /** Index into `classes`, one a row. */
  readonly target: Int32Array;
  /** At least two, sorted. */
  readonly classes: readonly string[];
}

export type TableTask = TableData['task'];

/** A column as a model expects it. Columns are found by name, so their order decides nothing. */
export type ModelColumn =
  | {
      readonly kind: 'number';
      readonly name: string;
      /** Least and greatest of what was learnt from; both 0 where all were missing. */
      readonly low: number;
      readonly high: number;
    }
  | { readonly kind: 'category'; readonly name: string; readonly levels: readonly string[] };

/** What a model tells of tables, and what it needs for it. */
export interface ModelFacts {
  readonly task: TableTask;
  /** Empty for a regression. */
  readonly classes: readonly string[];
  readonly columns: readonly ModelColumn[];
}

/** Why a model says what it says: for each row and output, `base` plus the sum of `values` is what it says before the link. */
export interface Explanation {
  /** Mean of what it says, one an output (1 for regression and two classes, else one a class). */
  readonly base: Float64Array;
  /** Rows by outputs by columns, in the order of the model's columns. */
  readonly values: Float64Array;
  /** What the sums are of: the target itself, or the logarithm of odds. */
  readonly unit: 'target' | 'log-odds' | 'share';
}

/**
 * A learnt model of tables. Numbers are taken as 32 bits, as the ONNX file takes them, so that both decide alike; what is infinite
 * then is missing. A level that was not learnt is missing too.
 */
export interface TableModel extends Fitted, ModelFacts {
  /**
   * The expected target of each row; or the probabilities of the classes, rows by classes. Throws ORION_COLUMNS_DIFFER where a column
   * that was learnt from is not there.
   */
  predict(table: Table): Float64Array;
  explain?(table: Table): Explanation;
  /**
   * Writes the model into a graph: from `features`, float32 [batch, columns] in the order of `columns` (a category as the index of its
   * level; NaN where missing), to float32 [batch, 1] or [batch, classes]. Gives the result's name.
   */
  toOnnx(graph: OnnxGraph, features: string): string;
}

export interface TableKind extends LearnerKind<TableData, TableModel> {
  /** What it can learn; data of another task are unfit. */
  readonly tasks: readonly TableTask[];
}
