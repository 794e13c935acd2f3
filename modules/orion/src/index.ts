/** Door 1 of orion: types and pure functions, safe in a browser. */
export {
  type AlarmEvent,
  AlarmEvents,
  type AlarmRule,
  type AlarmStep,
  alarmEvents,
} from './anomalies/alarm-events.ts';
export { learnProfile, type PointProfile } from './anomalies/data-quality/point-profile.ts';
export { type DataFault, type DataFinding, PointWatch } from './anomalies/data-quality/point-watch.ts';
export {
  type AlarmPromise,
  type Feedback,
  joinRunning,
  type KeptPromise,
  keepPromise,
  type NormalRunning,
  normalRunning,
  parsePromise,
  retune,
  weeksOf,
} from './anomalies/promise/promise.ts';
export {
  type Detector,
  type DetectorKind,
  rowsOf,
  type Scored,
  type Scorer,
  type SensorData,
  scoreRows,
} from './anomalies/types.ts';
export { Watch, type WatchedRow, type WatchSettings } from './anomalies/watch.ts';
export type { Fitted, LearnerKind, State, StateValue, Work } from './learners/learner.ts';
export type {
  HealthKind,
  HealthModel,
  HealthPart,
  HealthReading,
  HealthWatch,
} from './life/health/health-model.ts';
export type { FailureMode, Hint, PastCase } from './life/health/hints.ts';
export type { Trend } from './life/health/trend.ts';
export type { LifeFigures, LifeKind, LifeModel, Remaining, RunData, RunUnit } from './life/types.ts';
export { predictColumns, type Regression, regression } from './numerics/regression.ts';
export { studentQuantile, studentTwoSided } from './numerics/student-t.ts';
export { type CategoryColumn, type Column, columnOf, type NumberColumn, type Table, takeRows } from './table/table.ts';
