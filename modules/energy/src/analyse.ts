/** What energy does to files and rows without a server, for benchmarks and programs. */
export { siteClock } from './analysis/site-clock.ts';
export { type DrawnPlant, drawnPlant } from './baselines/drawn-plant.ts';
export { fitBaseline } from './baselines/fit-baseline.ts';
export type { IntervalRows } from './baselines/interval-rows.ts';
export type { BaselineMethod, BaselineModel } from './baselines/model.ts';
export { type FileColumns, rowsFromFile } from './baselines/rows-from-table.ts';
export { type Savings, savingsOf } from './savings/savings.ts';
