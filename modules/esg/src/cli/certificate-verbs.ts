import type { Verb } from '@millwright/kernel';
import type { RegisteredCertificate } from '../certificates/service.ts';
import {
  documentOf,
  documentOption,
  listVerbs,
  quantityOf,
  siteIdOf,
  siteOption,
  wholeOf,
  whyOption,
  yearOf,
} from './options.ts';

function certificateLine({ id, statement, withdrawn }: RegisteredCertificate): string {
  const { certificate, registry, MWh, vintage, region, year, document } = statement;
  return [
    `${id}  ${certificate} of ${registry}  ${MWh} MWh  generated ${vintage} in ${region}  for ${year}`,
    document ? document.name : 'no document: a claim only',
    ...(withdrawn ? [`withdrawn: ${withdrawn.reason}`] : []),
  ].join('  ');
}

export const certificateVerbs: readonly Verb[] = [
  ...listVerbs('certificates', {
    summary: 'List the certificates of renewable electricity and other contracts.',
    options: [
      { name: 'year', summary: 'Only for one year of consumption.', placeholder: 'YYYY' },
      siteOption,
      { name: 'all', summary: 'Withdrawn ones too.', type: 'boolean' },
    ],
    async run({ call, options }) {
      const query = { year: yearOf(options), siteId: await siteIdOf(call, options), all: options.all };
      return call('GET', '/api/esg/certificates', { query });
    },
    print: ({ items }: { items: RegisteredCertificate[] }) =>
      items.map(certificateLine).join('\n') || 'No certificates are registered.',
  }),
  {
    name: 'certificates add',
    summary: 'Register a certificate; without its document it counts as nothing but a claim.',
    arguments: [{ name: 'NUMBER', summary: 'Number that the registry gave it.' }],
    options: [
      { name: 'mwh', summary: 'Electricity that it stands for.', placeholder: 'MWH', required: true },
      { name: 'registry', summary: 'Who issued it.', placeholder: 'CN-GEC|I-REC', required: true },
      { name: 'vintage', summary: 'Year of generation.', placeholder: 'YYYY', required: true },
      { name: 'region', summary: 'Where it was generated.', placeholder: 'CN', required: true },
      { name: 'year', summary: 'Year of the consumption that it covers. Left out: its vintage.', placeholder: 'YYYY' },
      { ...siteOption, summary: 'Site that it covers. Left out: wherever consumption is left.' },
      { name: 'kind', summary: 'What it is.', placeholder: 'certificate|power-purchase-agreement|supplier-tariff' },
      { name: 't-co2-per-mwh', summary: 'What it states. Left out: 0.', placeholder: 'NUMBER' },
      documentOption,
      { name: 'note', summary: 'Anything to remember.', placeholder: 'TEXT' },
    ],
    async run({ call, arguments: given, options }) {
      const { registry, region, kind, note } = options;
      const vintage = wholeOf('vintage', options.vintage);
      const body = {
        ...{ certificate: given.NUMBER, registry, region, kind, note, vintage },
        MWh: quantityOf('mwh', options.mwh),
        tCO2PerMWh: options['t-co2-per-mwh'],
        year: yearOf(options) ?? vintage,
        siteId: await siteIdOf(call, options),
        document: await documentOf(call, options),
      };
      return call('POST', '/api/esg/certificates', { body });
    },
    print: certificateLine,
  },
  {
    name: 'certificates withdraw',
    summary: 'Use a certificate no longer; it stays on record.',
    arguments: [{ name: 'ID', summary: 'As `certificates` lists it.' }],
    options: [whyOption],
    async run({ call, arguments: given, options }) {
      await call('POST', `/api/esg/certificates/${given.ID}/withdraw`, { body: { reason: options.why } });
      return { withdrawn: given.ID };
    },
    print: ({ withdrawn }: { withdrawn: string }) => `${withdrawn} is withdrawn.`,
  },
];
