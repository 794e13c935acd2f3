/** The energy module's first door: schemas, types and pure functions, safe in a browser. */
export { type BaseLoadMethod, baseLoad, baseLoadMethods } from './analysis/base-load.ts';
export { convertBasicUnits } from './analysis/basic-units.ts';
export { coarsen } from './analysis/coarsen.ts';
export { type Comparison, compareConsumption, comparisonPeriods, type ReferencePeriod } from './analysis/comparison.ts';
export { type Consumption, consumption } from './analysis/consumption.ts';
export { type DayProfile, dayProfile } from './analysis/day-profile.ts';
export { type DemandProfile, demandProfile } from './analysis/demand-profile.ts';
export { type Grid, gridMinutes, type IntervalMinutes, type Period } from './analysis/grid.ts';
export { type HeatMap, heatMap, type WeekdayProfile, weekdayProfile } from './analysis/heat-map.ts';
export { type AmountOptions, type IntervalAmounts, toIntervalAmounts } from './analysis/interval-amounts.ts';
export { type LoadDuration, loadDuration } from './analysis/load-duration.ts';
export { loadFactor } from './analysis/load-factor.ts';
export { type Peak, peak } from './analysis/peak.ts';
export { type EnergyTriple, type PowerFactor, powerFactor, type ReactiveRule } from './analysis/power-factor.ts';
export { powerFactorByMonth, type ReactiveAmounts } from './analysis/power-factor-by-month.ts';
export { buildReport, type EnergyReport, type MeteredSeries, type ReportInput } from './analysis/report.ts';
export { type MeteringError, type Sankey, sankey, type TreeMeter, unmeteredId } from './analysis/sankey.ts';
export type { PointFacts, QualityCounts, Series, UnitConverter } from './analysis/series.ts';
export type { SeriesNote } from './analysis/series-note.ts';
export { type SiteClock, siteClock } from './analysis/site-clock.ts';
export { type SpecificEnergy, specificEnergy } from './analysis/specific-energy.ts';
export { type Bucket, type BucketKind, bucketKinds, type Total, totals } from './analysis/totals.ts';
export { type Carrier, carrierSchema, carrierUnits } from './carrier.ts';
export { energyErrors } from './errors.ts';
export {
  type Cost,
  type CostComponent,
  type CostInput,
  costComponents,
  type MonthCost,
  tariffCost,
} from './tariff/cost.ts';
export {
  type PowerFactorStandard,
  powerFactorAdjustment,
  powerFactorStandards,
} from './tariff/power-factor-adjustment.ts';
export {
  dayTypes,
  parseTariff,
  type Tariff,
  type TariffInput,
  type TouPeriod,
  tariffSchema,
  touPeriods,
} from './tariff/tariff.ts';
