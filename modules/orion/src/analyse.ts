/** What orion does to files without a server, for other modules, programs and benchmarks. */
export { changePoints } from './anomalies/changes/change-points.ts';
export {
  type Alarm,
  type DetectRequest,
  type DetectSummary,
  detectTable,
} from './anomalies/detect-table.ts';
export { heldOutRunning } from './anomalies/held-out.ts';
export {
  type NabFile,
  type NabPoints,
  type NabProfile,
  nabOptimum,
  nabPoints,
  nabScore,
  nabSweep,
} from './anomalies/nab/nab-score.ts';
export { detectorKinds } from './anomalies/registry.ts';
export { type StuckSensor, stuckSensors } from './anomalies/stuck.ts';
export { drawnFolds, type Fold, timeOrderedFolds } from './automl/folds.ts';
export { orionErrors } from './errors.ts';
export { type Backtest, type BacktestPlan, planOrigins, runBacktest } from './forecasting/backtest.ts';
export { forecastBlocks } from './forecasting/blocks/forecast-blocks.ts';
export { calendarInputs } from './forecasting/calendar/calendar-inputs.ts';
export { holidayCalendar } from './forecasting/calendar/calendars.ts';
export { type ForecastOptions, forecastSet, type SetForecast } from './forecasting/forecast-set.ts';
export { prepareSeries } from './forecasting/prepare-series.ts';
export type { Forecaster, ForecastKind, SeriesSet } from './forecasting/types.ts';
export { learnerKind, learnerNames } from './learners/registry.ts';
export { loadState, saveState } from './learners/state.ts';
export { healthKind } from './life/health/health-model.ts';
export { type ReadTable, type ReadTableOptions, readTable } from './table/read-table.ts';
export {
  averagePrecision,
  type ClassificationFigures,
  type RegressionFigures,
  rocAuc,
} from './tables/training/figures.ts';
export { type Judged, judgeKind } from './tables/training/judge-kind.ts';
export { tableData } from './tables/training/table-data.ts';
export { boostingBytes } from './tables/trees/boosting-kind.ts';
export type { TableData, TableKind, TableModel } from './tables/types.ts';
