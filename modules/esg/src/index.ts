/** ESG, door 1: factors, emissions, key figures. Data and pure functions; safe in a browser. */

export { formatDecimal } from './decimal.ts';
export {
  type ActivityLine,
  type ActivityLineInput,
  activityLineSchema,
  type Certificate,
  certificateSchema,
  type EmissionInput,
  type EmissionInputDraft,
  emissionInputSchema,
} from './emissions/activity-line.ts';
export { calculateEmissions } from './emissions/calculate-emissions.ts';
export type {
  EmissionResult,
  EmissionResultLine,
  EmissionTotals,
  EmissionWarning,
  EnergyTotals,
} from './emissions/emission-result.ts';
export { esgErrors } from './errors.ts';
export {
  type Factor,
  type FactorFamily,
  type FactorUse,
  type Fuel,
  factorContent,
  factorFamilies,
  factorFamilySchema,
  factorKey,
  factorSchema,
  factorUnitText,
  factorUse,
  fuels,
  type GasBasis,
} from './factors/factor.ts';
export { factorColumns, writeFactorsCsv, writeFactorTemplate } from './factors/factor-sheet.ts';
export { requireOneFamily } from './factors/families.ts';
export { type GridFactorQuery, gridFactor } from './factors/grid-factor.ts';
export {
  type FactorImport,
  type FactorImportOptions,
  importFactorRows,
  importFactors,
} from './factors/import-factors.ts';
export {
  builtInLibrary,
  type FactorLibrary,
  factorLibrarySchema,
  findFactor,
  unconfirmedFactors,
} from './factors/library.ts';
export { type FactorDraft, sameStatement, supersede } from './factors/supersede.ts';
export {
  type ActivityFile,
  type ActivityFileDraft,
  type ActivityYear,
  activityFileSchema,
  parseActivityFile,
} from './kpi/activity-file.ts';
export { activityColumns, activityFromCells, activityTemplate, readActivityFile } from './kpi/activity-sheet.ts';
export { type KpiDefinition, type KpiKey, kpiDefinitions, kpiKeys } from './kpi/kpi-definitions.ts';
export { type KpiChange, type KpiOptions, type KpiTable, type KpiValues, kpiTable } from './kpi/kpi-table.ts';
export { esgNotes, type NoteAbout } from './notes.ts';
export { type RestatedFigure, type Restatement, restate, restateWithFactors } from './restatement/restate.ts';
export { type SteamState, steamHeat, steamStateSchema } from './steam/steam-state.ts';
