import type { Verb } from '@millwright/kernel';
import type { RecordedRestatement } from '../restatement/service.ts';
import { cliErrors } from './errors.ts';
import { whyOption } from './options.ts';

interface Figures {
  items: {
    id: string;
    type: string;
    at: string;
    by: string;
    label: string;
    total: string;
    totalMarket: string;
    incomplete: boolean;
  }[];
}

/** `OLD=NEW,OLD=NEW` as an object. Throws ESG_REPLACEMENT_INVALID. */
function replacementOf(given: string): Record<string, string> {
  const pairs = given.split(',').map((pair) => pair.split('=').map((id) => id.trim()));
  if (pairs.some((pair) => pair.length !== 2 || pair.includes('')))
    throw cliErrors.ESG_REPLACEMENT_INVALID({ replace: given });
  return Object.fromEntries(pairs);
}

function restatementLines({ id, at, by, original, why, figures }: RecordedRestatement): string {
  return [
    `${id}  ${at}  by ${by}: ${why}`,
    ...figures.map(
      ({ label, restatement }) =>
        `  ${label}: ${restatement.old} t to ${restatement.new} t, ${restatement.difference} t (${restatement.percent ?? 'from nothing'})${restatement.familyChanged ? '; the family of factors changed, which has to be disclosed' : ''}`,
    ),
    `  figure ${original} stays as it was; evidence ${id}`,
  ].join('\n');
}

export const figureVerbs: readonly Verb[] = [
  {
    name: 'figures',
    summary: 'List the figures recorded so far, newest first.',
    options: [
      { name: 'type', summary: 'Only of one kind.', placeholder: 'esg.emissions|esg.inventory|esg.kpi' },
      { name: 'limit', summary: 'At most so many. Left out: 50.', placeholder: 'N' },
    ],
    run: ({ call, options: { type, limit } }) => call('GET', '/api/esg/figures', { query: { type, limit } }),
    print: ({ items }: Figures) =>
      items
        .map(
          ({ id, type, at, by, label, total, totalMarket, incomplete }) =>
            `${id}  ${at}  ${type}  ${label}  ${total} t CO2e, market-based ${totalMarket} t${incomplete ? ', incomplete' : ''}  by ${by}`,
        )
        .join('\n') || 'No figures are recorded yet.',
  },
  {
    name: 'restate',
    summary: 'Calculate a recorded figure again with other factors; the old figure stays.',
    arguments: [{ name: 'FIGURE', summary: 'Its evidence, as `figures` lists it.' }],
    options: [
      { name: 'replace', summary: 'What takes the place of which factor.', placeholder: 'OLD=NEW,...' },
      { name: 'factor', summary: 'Or the factor of all electricity of its country.', placeholder: 'ID' },
      whyOption,
    ],
    run({ call, arguments: given, options: { replace, factor, why } }) {
      const others = typeof replace === 'string' ? replacementOf(replace) : undefined;
      const body = { figure: given.FIGURE, replace: others, factor, why };
      return call<RecordedRestatement>('POST', '/api/esg/restatements', { body });
    },
    print: restatementLines,
  },
  {
    name: 'restatements',
    summary: 'List what was restated, newest first: old, new, difference and why.',
    options: [{ name: 'figure', summary: 'Only of one figure.', placeholder: 'ID' }],
    run: ({ call, options: { figure } }) => call('GET', '/api/esg/restatements', { query: { figure } }),
    print: ({ items }: { items: RecordedRestatement[] }) =>
      items.map(restatementLines).join('\n') || 'Nothing was restated.',
  },
];
