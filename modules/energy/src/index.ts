export { buildReport, type EnergyReport, type MeteredSeries, type ReportInput } from './analysis/report.ts';
