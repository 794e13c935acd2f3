import type { Fitted, LearnerKind } from '../learner.ts';

/** What the conformance suite must know of a family, to hold all its kinds to the same. */
export interface Driver<Data, F extends Fitted> {
  /** Data that every kind of the family learns something from; small, since every kind learns from them several times. */
  usual(kind: LearnerKind<Data, F>): readonly Data[];
  /** Bad data by what is bad about them: each gives a result or a coded error. */
  bad(kind: LearnerKind<Data, F>): Readonly<Record<string, Data>>;
  /** Settings under which a kind that would take long is quick. */
  quick?(kind: LearnerKind<Data, F>): object;
  /** Every number that the learnt model says of these data, in a fixed order; none may be NaN. */
  says(fitted: F, data: Data): ArrayLike<number> | Promise<ArrayLike<number>>;
}
