import type { Verb, VerbContext } from '@millwright/kernel';
import { lotErrors } from '../lots/errors.ts';
import type { LotAnswer, ReportAnswer } from '../lots/schemas.ts';
import { base, findStation, listed } from './find-part.ts';

const stationArgument = { name: 'STATION', summary: 'Name or id.' } as const;
const line = ({ number, startedAt, endedAt, counts, id }: LotAnswer) =>
  `${id}  ${number}  ${startedAt} to ${endedAt ?? 'now'}  ${counts.ok} OK, ${counts.ng} NG, ${counts.refused} refused`;
const pathOf = async ({ call, arguments: given }: VerbContext) =>
  `${base}/stations/${(await findStation(call, given.STATION!)).id}/lots`;

export const lotVerbs: readonly Verb[] = [
  {
    name: 'stations lots',
    summary: 'List the lots of a station, newest first.',
    arguments: [stationArgument],
    run: async (context) => context.call('GET', await pathOf(context)),
    print: listed(line, 'No lots yet.'),
  },
  {
    name: 'stations lot-start',
    summary: 'Start a lot; one that is open is ended.',
    arguments: [stationArgument, { name: 'NUMBER', summary: 'As the plant counts lots.' }],
    run: async (context) => context.call('POST', await pathOf(context), { body: { number: context.arguments.NUMBER } }),
    print: line,
  },
  {
    name: 'stations lot-end',
    summary: 'End the lot that is open.',
    arguments: [stationArgument],
    run: async (context) => context.call('POST', `${await pathOf(context)}/end`),
    print: line,
  },
  {
    name: 'stations report',
    summary: 'Make the report of a lot as a PDF; its hash stands in the ledger.',
    arguments: [stationArgument],
    options: [
      { name: 'lot', summary: 'Number or id; left out, the newest.', placeholder: 'LOT' },
      { name: 'language', summary: 'Left out, en.', placeholder: 'en|zh-CN|zh-TW' },
      { name: 'out', summary: 'File to write.', placeholder: 'FILE', required: true },
    ],
    run: async (context) => {
      const { call, download, options } = context;
      const path = await pathOf(context);
      const { items } = await call<{ items: LotAnswer[] }>('GET', path);
      const lot = items.find(({ id, number }) => !options.lot || id === options.lot || number === options.lot);
      if (!lot) throw lotErrors.MANUVISION_LOT_UNKNOWN({ lot: String(options.lot ?? '') });
      const { language } = options;
      const made = await call<ReportAnswer>('POST', `${path}/${lot.id}/reports`, { body: { language } });
      const file = String(options.out);
      const { bytes, sha256 } = await download(`${path}/${lot.id}/reports/${made.id}`, file);
      return { file, bytes, sha256, lot: lot.number, findingId: made.findingId };
    },
  },
];
