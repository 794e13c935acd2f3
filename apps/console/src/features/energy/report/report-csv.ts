import { wallText } from '../../../app/i18n/wall-clock.ts';
import type { CsvCell } from '../../../components/data-table/to-csv.ts';
import type { HeatMap, Profile, Report } from '../types.ts';
import { curveRows } from './load-option.ts';

export interface Sheet {
  readonly header: readonly string[];
  readonly rows: readonly (readonly CsvCell[])[];
}

/** Unrounded, with units in a column of their own; column names are the same in every language, for programs. */
export function figureSheet(profile: Profile, report: Report | undefined): Sheet {
  const { consumption, peak, loadFactor, baseLoad } = report ?? profile;
  return {
    header: ['figure', 'value', 'unit', 'at'],
    rows: [
      ['from', profile.period.from, '', ''],
      ['to', profile.period.to, '', ''],
      ['interval', profile.interval, '', ''],
      ['consumption', consumption.value, consumption.unit, ''],
      ['peak', peak?.value, peak?.unit, peak?.at],
      ['loadFactor', loadFactor, '1', ''],
      ['baseLoad', baseLoad.value, baseLoad.unit, ''],
      ...(report?.powerFactor ? [['powerFactor', report.powerFactor.value, '1', ''] as const] : []),
      ['coverage', report?.coverage.share ?? profile.coverage, '1', ''],
      ...(report ? [['evidence', report.evidence, '', ''] as const] : []),
    ],
  };
}

export const loadSheet = ({ curve, site, unit }: Profile): Sheet => ({
  header: [`time (${site.timezone})`, `mean (${unit})`, `maximum (${unit})`],
  rows: curveRows(curve, site.timezone).map(([time, mean, maximum]) => [wallText(time), mean, maximum]),
});

export const hourSheet = ({ rows, unit }: HeatMap): Sheet => ({
  header: ['date', 'weekday', ...Array.from({ length: 24 }, (_, hour) => `${hour} h (${unit})`)],
  rows: rows.map(({ date, weekday, hours }) => [date, weekday, ...hours]),
});
