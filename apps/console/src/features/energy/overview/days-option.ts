import type { Format } from '../../../app/i18n/format.ts';
import { unitName } from '../../../app/i18n/format.ts';
import type { EChartsOption } from '../../../components/chart/echarts.ts';
import { scaleFor } from '../shared/amount.ts';
import type { SiteRow } from './site-rows.ts';

/** Every day that any site has, in order. */
export function dayKeys(rows: readonly SiteRow[]): string[] {
  return [...new Set(rows.flatMap(({ carrier }) => (carrier?.days ?? []).map(({ key }) => key)))].sort();
}

/** This month day by day, the sites on top of each other. */
export function daysOption(rows: readonly SiteRow[], unit: string, format: Format): EChartsOption {
  const keys = dayKeys(rows);
  const scale = scaleFor(
    rows.flatMap(({ carrier }) => (carrier?.days ?? []).map(({ value }) => value)),
    unit,
  );
  return {
    grid: { top: 48, right: 16, bottom: 30, left: 76 },
    legend: { type: 'scroll', top: 0, left: 0 },
    xAxis: { type: 'category', data: keys },
    yAxis: { type: 'value', name: unitName(scale.unit) },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      valueFormatter: (value) => format.quantity(typeof value === 'number' ? value : null, scale.unit, 1),
    },
    series: rows.flatMap(({ id, name, carrier }) => {
      if (!carrier) return [];
      const values = new Map(carrier.days.map(({ key, value }) => [key, value * scale.factor]));
      const data = keys.map((key) => values.get(key) ?? null);
      return [{ id, name, type: 'bar' as const, stack: 'all', barMaxWidth: 42, data }];
    }),
  };
}

export interface MonthTexts {
  readonly lastYear: string;
  readonly lastMonth: string;
  readonly thisMonth: string;
}

/** Three months of every site side by side: a year before, the last one, and this one as far as it has come. */
export function monthsOption(
  rows: readonly SiteRow[],
  unit: string,
  format: Format,
  texts: MonthTexts,
  colors: readonly [string, string, string],
): EChartsOption {
  const known = rows.filter(({ carrier }) => carrier);
  const scale = scaleFor(
    known.flatMap(({ carrier }) => [carrier!.sameMonthLastYear.value, carrier!.lastMonth.value]),
    unit,
  );
  const bars = (['sameMonthLastYear', 'lastMonth', 'thisMonth'] as const).map((key, index) => ({
    name: [texts.lastYear, texts.lastMonth, texts.thisMonth][index]!,
    ...{ id: key, type: 'bar' as const, barMaxWidth: 34, barGap: '10%', itemStyle: { color: colors[index]! } },
    data: known.map(({ carrier }) => {
      const { value } = carrier![key];
      return value === null ? null : value * scale.factor;
    }),
  }));
  return {
    grid: { top: 48, right: 16, bottom: 30, left: 76 },
    legend: { type: 'plain', top: 0, left: 0 },
    xAxis: { type: 'category', data: known.map(({ name }) => name) },
    yAxis: { type: 'value', name: unitName(scale.unit) },
    tooltip: {
      trigger: 'axis',
      axisPointer: { type: 'shadow' },
      confine: true,
      valueFormatter: (value) => format.quantity(typeof value === 'number' ? value : null, scale.unit, 1),
    },
    series: bars,
  };
}
