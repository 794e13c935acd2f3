import { listArgument, type Note, type Verb, type VerbContext, type VerbOption } from '@millwright/kernel';
import { activityKinds } from '../activity/activity-entry.ts';
import type { Activity } from '../activity/service.ts';
import { fuels } from '../factors/factor.ts';
import { calorificUnits } from '../factors/library.ts';
import { kindKey } from '../inventory/meter-kind.ts';
import {
  documentOf,
  documentOption,
  listVerbs,
  quantityOf,
  siteIdOf,
  siteOption,
  steamOf,
  steamOptions,
  upload,
  wholeOf,
  whyOption,
  yearOf,
} from './options.ts';
import { noteLines } from './print.ts';

interface Imported {
  entries: number;
  years: number[];
  places: string[];
  notes: Note[];
}

const idArgument = { name: 'ID', summary: 'As `activity` lists it.' } as const;

/** What a statement says; a correction takes from the old one what is left out. */
const statementOptions: readonly VerbOption[] = [
  { name: 'quantity', summary: 'How much.', placeholder: 'NUMBER' },
  { name: 'unit', summary: 'Left out: MWh, GJ, m3 or m2.', placeholder: 'UNIT' },
  { name: 'year', summary: 'Of which year.', placeholder: 'YYYY' },
  { name: 'month', summary: 'Of which month. Left out: of the whole year.', placeholder: '1-12' },
  { ...siteOption, summary: 'Site that used it.' },
  { name: 'place', summary: 'Or the unit of the organisation that is no site of the plant.', placeholder: 'NAME' },
  { name: 'fuel', summary: `Which fuel: ${fuels.join(', ')}.`, placeholder: 'FUEL' },
  { name: 'medium', summary: 'Which heat.', placeholder: 'heat|steam|hot-water|cooling' },
  { name: 'factor', summary: 'Factor, where it is not the one of the region.', placeholder: 'ID' },
  { name: 'residual-factor', summary: 'The same in the market-based method.', placeholder: 'ID' },
  { name: 'region', summary: 'Where it was bought. Left out: the region of the site.', placeholder: 'CN|CN-SD' },
  { name: 'claimed-renewable-mwh', summary: 'Electricity called renewable.', placeholder: 'MWH' },
  { name: 'calorific-value', summary: 'Net calorific value by bill or laboratory.', placeholder: 'NUMBER' },
  { name: 'calorific-unit', summary: 'Its unit.', placeholder: calorificUnits.join('|') },
  { name: 'density-kg-per-l', summary: 'Density of a fuel in litres.', placeholder: 'KG/L' },
  { name: 'oxidation-fraction', summary: 'Part of the carbon that burns.', placeholder: '0-1' },
  { name: 'other-gases', summary: 'Factors of CH4 and N2O.', placeholder: 'ID,ID' },
  ...steamOptions,
  documentOption,
  { name: 'note', summary: 'Anything to remember.', placeholder: 'TEXT' },
];

async function statementOf({ call, options }: VerbContext): Promise<Record<string, unknown>> {
  const { quantity, unit, place, fuel, medium, factor, region, note } = options;
  const value = options['calorific-value'];
  const gases = options['other-gases'];
  const given = {
    ...{ unit, place, fuel, medium, factor, region, note },
    quantity: quantity === undefined ? undefined : quantityOf('quantity', quantity),
    year: yearOf(options),
    month: wholeOf('month', options.month),
    siteId: await siteIdOf(call, options),
    residualFactor: options['residual-factor'],
    claimedRenewableMWh: options['claimed-renewable-mwh'],
    netCalorificValue: value === undefined ? undefined : { value, unit: options['calorific-unit'] },
    densityKgPerL: options['density-kg-per-l'],
    oxidationFraction: options['oxidation-fraction'],
    otherGases: listArgument(gases),
    steam: steamOf(options),
    document: await documentOf(call, options),
  };
  return Object.fromEntries(Object.entries(given).filter(([, said]) => said !== undefined));
}

function activityLine({ id, statement, enteredBy, correctedBy, withdrawn }: Activity): string {
  const { place, year, month, quantity, unit } = statement;
  const time = month === undefined ? year : `${year}-${String(month).padStart(2, '0')}`;
  return [
    `${id}  ${time}  ${place}  ${kindKey(statement)}  ${quantity} ${unit}`,
    statement.document?.name ?? 'no document',
    `by ${enteredBy}`,
    ...(correctedBy ? [`corrected by ${correctedBy}`] : []),
    ...(withdrawn ? [`withdrawn: ${withdrawn.reason}`] : []),
  ].join('  ');
}

export const activityVerbs: readonly Verb[] = [
  ...listVerbs('activity', {
    summary: 'List the quantities that were entered or imported.',
    options: [
      { name: 'year', summary: 'Only of one year.', placeholder: 'YYYY' },
      siteOption,
      { name: 'kind', summary: 'Only of one kind.', placeholder: activityKinds.join('|') },
      { name: 'all', summary: 'Corrected and withdrawn ones too.', type: 'boolean' },
    ],
    async run({ call, options }) {
      const { kind, all } = options;
      const query = { year: yearOf(options), siteId: await siteIdOf(call, options), kind, all };
      return call('GET', '/api/esg/activity', { query });
    },
    print: ({ items }: { items: Activity[] }) => items.map(activityLine).join('\n') || 'Nothing was entered.',
  }),
  {
    name: 'activity add',
    summary: 'Enter a quantity of a year or month, with the document that says so.',
    arguments: [{ name: 'KIND', summary: activityKinds.join(', ') }],
    options: statementOptions,
    async run(context) {
      const body = { ...(await statementOf(context)), kind: context.arguments.KIND };
      return context.call('POST', '/api/esg/activity', { body });
    },
    print: activityLine,
  },
  {
    name: 'activity import',
    summary: 'Enter all quantities of a file of activity data, or, with every problem listed, none.',
    arguments: [{ name: 'FILE', summary: 'JSON, CSV or XLSX; `activity template` writes one to fill in.' }],
    async run({ call, arguments: given }) {
      const { hash, name: fileName } = await upload(call, given.FILE!);
      return call<Imported>('POST', '/api/esg/activity/import', { body: { hash, fileName } });
    },
    print: ({ entries, years, places, notes }: Imported) =>
      [
        `${entries} entered, of ${years.join(', ')}`,
        ...(places.length > 0 ? [`  no site is called ${places.join(', ')}; they count as units of their own`] : []),
        ...noteLines(notes),
      ].join('\n'),
  },
  {
    name: 'activity correct',
    summary: 'Put another statement in the place of one; the old one stays on record.',
    arguments: [idArgument],
    options: [...statementOptions, whyOption],
    async run(context) {
      const id = context.arguments.ID!;
      const { items } = await context.call<{ items: Activity[] }>('GET', '/api/esg/activity', { query: { all: true } });
      const { place, ...before } = items.find((one) => one.id === id)?.statement ?? { place: undefined };
      const entry = { ...before, ...('siteId' in before ? {} : { place }), ...(await statementOf(context)) };
      return context.call('POST', `/api/esg/activity/${id}/correct`, { body: { entry, reason: context.options.why } });
    },
    print: activityLine,
  },
  {
    name: 'activity withdraw',
    summary: 'Use a statement no longer; it stays on record.',
    arguments: [idArgument],
    options: [whyOption],
    async run({ call, arguments: given, options }) {
      await call('POST', `/api/esg/activity/${given.ID}/withdraw`, { body: { reason: options.why } });
      return { withdrawn: given.ID };
    },
    print: ({ withdrawn }: { withdrawn: string }) => `${withdrawn} is withdrawn.`,
  },
  {
    name: 'activity template',
    summary: 'Write the table that activity data is imported from, with an example, as CSV.',
    arguments: [{ name: 'FILE', summary: 'The file to write.' }],
    async run({ download, arguments: given }) {
      const { bytes } = await download('/api/esg/activity-template.csv', given.FILE!);
      return { file: given.FILE, bytes };
    },
    print: ({ file, bytes }: { file: string; bytes: number }) => `${bytes} bytes to ${file}`,
  },
];
