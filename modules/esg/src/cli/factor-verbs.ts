import type { Verb, VerbContext } from '@millwright/kernel';
import { type Factor, factorFamilies, factorUnitText, type GasBasis } from '../factors/factor.ts';
import { listVerbs, quantityOf, upload, wholeOf, whyOption, yearOf } from './options.ts';

interface ListedFactor {
  key: string;
  value: string;
  unit: Factor['unit'];
  gasBasis: GasBasis;
  region: string;
  subregion?: string;
  family: string;
  confirmed: boolean;
  supersededBy?: string;
}
interface ListedFactors {
  items: ListedFactor[];
}
interface Imported {
  accepted: string[];
  superseded: { row: number; old: string; new: string }[];
  unchanged: { row: number; id: string }[];
  rejected: { row: number; id?: string; reasons: string[] }[];
}

const factorArgument = { name: 'ID', summary: 'Id of the factor, or ID@VERSION.' } as const;
const path = (id: string) => `/api/esg/factors/${encodeURIComponent(id)}`;

function factorLine(factor: ListedFactor): string {
  const { key, value, region, subregion, family, confirmed, supersededBy } = factor;
  return [
    `${key}  ${value} ${factorUnitText(factor)}`,
    subregion ? `${region} / ${subregion}` : region,
    family,
    ...(confirmed ? [] : ['unconfirmed']),
    ...(supersededBy ? [`superseded by ${supersededBy}`] : []),
  ].join('  ');
}
const factorLines = ({ items }: ListedFactors) => items.map(factorLine).join('\n') || 'No factor fits.';

async function saved({ download, arguments: given }: VerbContext, from: string) {
  const { bytes, sha256 } = await download(from, given.FILE!);
  return { file: given.FILE, bytes, sha256 };
}
const savedLine = ({ file, bytes }: { file: string; bytes: number }) => `${bytes} bytes to ${file}`;

export const factorVerbs: readonly Verb[] = [
  ...listVerbs('factors', {
    summary: 'List emission factors.',
    options: [
      {
        name: 'search',
        summary: 'Only those whose id, publisher, document or note holds these words.',
        placeholder: 'TEXT',
      },
      { name: 'family', summary: 'Only one family.', placeholder: factorFamilies.join('|') },
      { name: 'region', summary: 'Only one region.', placeholder: 'CN' },
      { name: 'year', summary: 'Only those that apply to this year.', placeholder: 'YYYY' },
      { name: 'unconfirmed', summary: 'Only those that nobody has compared with their document.', type: 'boolean' },
      { name: 'all', summary: 'Superseded versions too.', type: 'boolean' },
    ],
    run({ call, options }) {
      const { search, family, region, unconfirmed, all } = options;
      const query = { search, family, region, year: yearOf(options), unconfirmed, all };
      return call<ListedFactors>('GET', '/api/esg/factors', { query });
    },
    print: factorLines,
  }),
  {
    name: 'factors show',
    summary: 'Show all versions of a factor, newest first.',
    arguments: [factorArgument],
    run: ({ call, arguments: given }) => call<ListedFactors>('GET', `${path(given.ID!)}/history`),
    print: factorLines,
  },
  {
    name: 'factors supersede',
    summary: 'Put the next version in the place of a factor; the old one stays for the figures that used it.',
    arguments: [factorArgument],
    options: [
      { name: 'value', summary: 'The new value; what is left out stays as it was.', placeholder: 'NUMBER' },
      { name: 'publisher', summary: 'Who published it.', placeholder: 'TEXT' },
      { name: 'document', summary: 'Title or number of the document.', placeholder: 'TEXT' },
      { name: 'published', summary: 'When.', placeholder: 'YYYY-MM-DD' },
      { name: 'applies-to-year', summary: 'Year of activity that it is for.', placeholder: 'YYYY' },
      { name: 'confidence', summary: 'What is known about the value.', placeholder: 'TEXT' },
      { name: 'confirmed', summary: 'The value was compared with the document.', type: 'boolean' },
      { name: 'note', summary: 'Anything a user of it should know.', placeholder: 'TEXT' },
      { name: 'id', summary: 'Supersede it by a factor of another id.', placeholder: 'ID' },
      whyOption,
    ],
    run({ call, arguments: given, options }) {
      const { id, value, publisher, document, published, confidence, confirmed, note, why } = options;
      const change = {
        ...{ id, publisher, document, published, confidence, confirmed, note },
        value: value === undefined ? undefined : quantityOf('value', value),
        appliesToYear: wholeOf('applies-to-year', options['applies-to-year']),
      };
      return call<ListedFactor>('POST', `${path(given.ID!)}/supersede`, { body: { change, reason: why } });
    },
    print: factorLine,
  },
  {
    name: 'factors import',
    summary: 'Add factors from a CSV or XLSX file; rows that do not fit are listed and left out.',
    arguments: [{ name: 'FILE', summary: 'The file; `factors template` writes one to fill in.' }],
    options: [
      { name: 'preview', summary: 'Say what would happen and keep nothing.', type: 'boolean' },
      { name: 'supersede', summary: 'Supersede what the library has with other content.', type: 'boolean' },
      { name: 'why', summary: 'Why they are superseded.', placeholder: 'TEXT' },
    ],
    async run({ call, arguments: given, options: { preview, supersede, why } }) {
      const { hash, name: fileName } = await upload(call, given.FILE!);
      const existing = supersede === true ? 'supersede' : 'reject';
      const body = { hash, fileName, existing, reason: why, preview: preview === true };
      return call<Imported>('POST', '/api/esg/factors/import', { body });
    },
    print: ({ accepted, superseded, unchanged, rejected }: Imported) =>
      [
        `${accepted.length} new, ${superseded.length} superseded, ${unchanged.length} unchanged, ${rejected.length} rejected`,
        ...rejected.map(({ row, id, reasons }) => `  row ${row}${id ? ` (${id})` : ''}: ${reasons.join('; ')}`),
      ].join('\n'),
    exitCode: ({ rejected }: Imported) => (rejected.length > 0 ? 1 : 0),
  },
  {
    name: 'factors export',
    summary: 'Write the newest version of every factor to a CSV file that `factors import` reads.',
    arguments: [{ name: 'FILE', summary: 'The file to write.' }],
    run: (context) => saved(context, '/api/esg/factors.csv'),
    print: savedLine,
  },
  {
    name: 'factors template',
    summary: 'Write the table that factors are imported from, to fill in, as XLSX.',
    arguments: [{ name: 'FILE', summary: 'The file to write.' }],
    run: (context) => saved(context, '/api/esg/factors-template.xlsx'),
    print: savedLine,
  },
];
