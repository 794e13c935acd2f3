import type { Verb } from '@millwright/kernel';
import type { Trend } from '../measurements/trend.ts';
import { qualityName } from '../quality.ts';
import { findPoint, periodOptions, sourceOption, timeOf } from './find.ts';

const pointArgument = { name: 'POINT', summary: 'Id, name or key.' } as const;
const iso = (time: number) => new Date(time).toISOString();

interface Readings {
  unit: string;
  total: number;
  time: number[];
  value: number[];
  quality: number[];
}

export const readingVerbs: readonly Verb[] = [
  {
    name: 'readings',
    summary: 'List the readings of a point, or write all of them to a CSV file that `cloud import` takes again.',
    arguments: [pointArgument],
    options: [
      ...periodOptions,
      sourceOption,
      { name: 'output', summary: 'File to write all of them to.', placeholder: 'FILE' },
      { name: 'limit', summary: 'How many are listed (1000).', placeholder: 'N' },
    ],
    run: async ({ call, download, arguments: given, options }) => {
      const { id, timezone } = await findPoint(call, given.POINT!, options.source);
      const [from, to] = [timeOf(options.from, timezone), timeOf(options.to, timezone)];
      if (typeof options.output === 'string') {
        const query = new URLSearchParams({ pointIds: id, from, to });
        const { bytes, sha256 } = await download(`/api/cloud/readings.csv?${query}`, options.output);
        return { file: options.output, bytes, sha256 };
      }
      const query = { from, to, limit: options.limit ?? 1000 };
      return call<Readings>('GET', `/api/cloud/points/${id}/readings`, { query });
    },
    print(answer: Readings | { file: string; bytes: number }) {
      if ('file' in answer) return `${answer.bytes} bytes to ${answer.file}`;
      const { unit, total, time, value, quality } = answer;
      const lines = time.map((at, index) => `${iso(at)}  ${value[index]} ${unit}  ${qualityName(quality[index]!)}`);
      if (total > time.length) lines.push(`… ${total - time.length} more; --limit N or --output FILE`);
      return lines.join('\n') || 'No readings in this period.';
    },
  },
  {
    name: 'trend',
    summary: 'Minimum, mean and maximum of a point over a period, in at most 2,000 steps.',
    arguments: [pointArgument],
    options: [...periodOptions, sourceOption, { name: 'most', summary: 'How many steps (24).', placeholder: 'N' }],
    run: async ({ call, arguments: given, options }) => {
      const { id, timezone } = await findPoint(call, given.POINT!, options.source);
      const query = {
        from: timeOf(options.from, timezone),
        to: timeOf(options.to, timezone),
        most: options.most ?? 24,
      };
      return call<Trend>('GET', `/api/cloud/points/${id}/trend`, { query });
    },
    print: ({ unit, time, minimum, mean, maximum, count }: Trend) =>
      time
        .map((at, n) => `${iso(at)}  ${minimum[n]} / ${mean[n]} / ${maximum[n]} ${unit}  of ${count[n]}`)
        .join('\n') || 'No readings in this period.',
  },
  {
    name: 'gaps',
    summary: 'List the stretches in which a point sent nothing.',
    arguments: [pointArgument],
    options: [...periodOptions, sourceOption],
    run: async ({ call, arguments: given, options }) => {
      const { id, timezone } = await findPoint(call, given.POINT!, options.source);
      const query = { from: timeOf(options.from, timezone), to: timeOf(options.to, timezone) };
      return call('GET', `/api/cloud/points/${id}/gaps`, { query });
    },
    print: ({ items }: { items: { from: string; to: string; missing: number }[] }) =>
      items.map(({ from, to, missing }) => `${from} to ${to}  ${missing} readings`).join('\n') || 'No gaps.',
  },
];
