/** What orion does to files without a server, for other modules, programs and benchmarks. */
export { detectorKinds } from './anomalies/registry.ts';
export { orionErrors } from './errors.ts';
export { loadState, saveState } from './learners/state.ts';
export { type ReadTable, type ReadTableOptions, readTable } from './table/read-table.ts';
