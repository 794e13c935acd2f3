import type { Verb } from '@millwright/kernel';
import { allSources, findSource, periodOptions, timeOf } from './find.ts';

const sourceOption = { name: 'source', summary: 'Only this source.', placeholder: 'NAME' } as const;

interface Hours {
  items: {
    sourceId: string;
    source: string;
    hour: string;
    expected: number;
    received: number;
    stored: number;
    duplicate: number;
    rejected: number;
    late: number;
    state: string;
  }[];
}
interface Rejections {
  items: { at: string; code: string; reason: string; key: string | null; row: number | null; raw: string | null }[];
}

export const deliveryVerbs: readonly Verb[] = [
  {
    name: 'delivery',
    summary: 'What each source was expected to deliver, and did, by the hour.',
    options: [...periodOptions, sourceOption],
    run: async ({ call, options }) => {
      const sources = await allSources(call);
      const one = typeof options.source === 'string' ? await findSource(call, options.source) : undefined;
      const zone = one?.timezone ?? sources[0]?.timezone ?? 'UTC';
      const query = { from: timeOf(options.from, zone), to: timeOf(options.to, zone), sourceId: one?.id };
      const { items } = await call<Hours>('GET', '/api/cloud/delivery', { query });
      const names = new Map(sources.map(({ id, name }) => [id, name]));
      return { items: items.map((hour) => ({ ...hour, source: names.get(hour.sourceId) ?? hour.sourceId })) };
    },
    print: ({ items }: Hours) =>
      items
        .map(
          ({ hour, source, state, expected, stored, duplicate, rejected, late }) =>
            `${hour}  ${source}  ${state}  ${stored} of ${expected} stored, ${duplicate} duplicate, ${rejected} rejected, ${late} late`,
        )
        .join('\n') || 'Nothing was expected and nothing came.',
  },
  {
    name: 'rejections',
    summary: 'What was not stored, why, and what had arrived, newest first.',
    options: [
      sourceOption,
      { name: 'code', summary: 'Only this reason, e.g. in-the-future.', placeholder: 'CODE' },
      { name: 'limit', summary: 'How many (200).', placeholder: 'N' },
    ],
    run: async ({ call, options }) => {
      const sourceId = typeof options.source === 'string' ? (await findSource(call, options.source)).id : undefined;
      const query = { sourceId, code: options.code, limit: options.limit };
      return call<Rejections>('GET', '/api/cloud/rejections', { query });
    },
    print: ({ items }: Rejections) =>
      items
        .map(({ at, code, reason, key, row, raw }) => {
          const where = [key, row === null ? null : `row ${row}`].filter(Boolean).join(', ');
          return `${at}  ${code}  ${where}: ${reason}${raw === null ? '' : `  (${raw})`}`;
        })
        .join('\n') || 'Nothing was rejected.',
  },
];
