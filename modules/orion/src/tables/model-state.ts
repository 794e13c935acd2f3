import type { State, StateValue } from '../learners/learner.ts';
import type { ModelColumn, ModelFacts, TableTask } from './types.ts';

/** What all models of tables keep in the same way. */
export const factsState = ({ task, classes, columns }: ModelFacts): State => ({
  task,
  classes,
  columns: columns.map((column) => ({ ...column }) as State),
});

export function factsFrom(state: State): ModelFacts {
  const columns = (state.columns as readonly StateValue[]).map((column) => column as unknown as ModelColumn);
  return { task: state.task as TableTask, classes: state.classes as readonly string[], columns };
}
