/** The command line's part of energy. */
import type { Verb } from '@millwright/kernel';
import type { ReportAnswer } from './reports/schemas.ts';

const number = (value: number | null, digits: number, unit = '') =>
  value === null
    ? 'unknown'
    : `${value.toLocaleString('en', { maximumFractionDigits: digits })}${unit === '' ? '' : ` ${unit}`}`;

const reportVerb: Verb = {
  name: 'report',
  summary: 'Report a meter’s consumption, peak, load factor, base load and gaps over a period, with evidence.',
  options: [
    { name: 'source', summary: 'Source whose energy is reported.', placeholder: 'NAME', required: true },
    {
      name: 'from',
      summary: 'Start; without an offset on the site’s clock, a date alone is its midnight.',
      placeholder: 'ISO',
      required: true,
    },
    { name: 'to', summary: 'End, exclusive.', placeholder: 'ISO', required: true },
    { name: 'interval', summary: 'Demand interval; left out, that of the readings.', placeholder: '15m|30m|1h' },
    { name: 'site', summary: 'Site, where several have a source of that name.', placeholder: 'NAME' },
    { name: 'point', summary: 'Point of the source, where it has several meters.', placeholder: 'NAME' },
    { name: 'profile', summary: 'Print the typical days too.', type: 'boolean' },
  ],
  run: ({ call, options }) => {
    const { source, site, point, from, to, interval, profile } = options;
    return call<ReportAnswer>('POST', '/api/energy/reports', {
      body: { source, site, point, from, to, interval, profile: profile === true },
    });
  },
  print(report: ReportAnswer) {
    const { consumption, peak, loadFactor, baseLoad, powerFactor, coverage, gaps, notes, site, source, point } = report;
    return [
      `${site.name}, ${source.name}, ${point.name}: ${report.period.from} to ${report.period.to}, ${report.interval}`,
      `  consumption   ${number(consumption.value, 2, consumption.unit)}`,
      `  peak          ${peak ? `${number(peak.value, 2, peak.unit)} at ${peak.at}` : 'unknown'}`,
      `  load factor   ${number(loadFactor, 4)}`,
      `  base load     ${number(baseLoad.value, 2, baseLoad.value === null ? '' : (peak?.unit ?? ''))}`,
      ...(powerFactor ? [`  power factor  ${number(powerFactor.value, 4)}`] : []),
      `  coverage      ${number(coverage.share * 100, 2)} % of ${number(coverage.hours, 2)} h, ${gaps.length} gap(s)`,
      ...gaps.slice(0, 20).map(({ from, to, minutes }) => `    ${from} to ${to}, ${number(minutes, 1)} min`),
      ...(gaps.length > 20 ? [`    … ${gaps.length - 20} more; see --json`] : []),
      ...notes.slice(0, 20).map(({ at, text }) => `  note          ${at ? `${at}: ` : ''}${text}`),
      `  evidence      ${report.evidence}`,
    ].join('\n');
  },
};

export const verbs: readonly Verb[] = [reportVerb];
