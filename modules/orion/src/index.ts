/** Door 1 of orion: types and pure functions, safe in a browser. */
export type { Fitted, LearnerKind, State, StateValue, Work } from './learners/learner.ts';
export { type CategoryColumn, type Column, columnOf, type NumberColumn, type Table, takeRows } from './table/table.ts';
