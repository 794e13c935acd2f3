import type { Verb } from '@millwright/kernel';
import type { InventoryAnswer } from '../inventory/inventory-schemas.ts';
import { familyOption, siteOption, sourceOption, yearOf } from './options.ts';
import { noteLines, resultLines, totalText, warningLines } from './print.ts';

export const inventoryVerb: Verb = {
  name: 'inventory',
  summary: 'Scope 1 and 2 of the sites and a period, from meters, entered quantities and certificates.',
  options: [
    { name: 'year', summary: 'Calendar year.', placeholder: 'YYYY' },
    { name: 'from', summary: 'Or the first day.', placeholder: 'YYYY-MM-DD' },
    { name: 'to', summary: 'And the last day.', placeholder: 'YYYY-MM-DD' },
    siteOption,
    sourceOption,
    {
      name: 'factor',
      summary: 'Electricity factor, in its own country, for what names none. Left out: that of each site’s region.',
      placeholder: 'ID',
    },
    { name: 'residual-factor', summary: 'The same for the market-based method.', placeholder: 'ID' },
    familyOption,
  ],
  run({ call, options }) {
    const { site, from, to, source, factor, family, 'residual-factor': residualFactor } = options;
    const body = { year: yearOf(options), from, to, source, factor, family, residualFactor };
    return call<InventoryAnswer>('POST', '/api/esg/inventory', {
      body: { ...body, ...(site !== undefined && { sites: [site] }) },
    });
  },
  print({ period, result, sources, notes, evidence }: InventoryAnswer) {
    const total = (key: Parameters<typeof totalText>[1]) => totalText(result, key);
    return [
      `${period.label}: ${total('total')} t CO2e (scope 1 ${total('scope1')}, scope 2 location-based ${total('scope2Location')}, market-based ${total('scope2Market')})`,
      ...resultLines(result),
      ...sources.flatMap(({ line, sources: from }) =>
        from.map((source) =>
          source.kind === 'measurements'
            ? `  ${line}: ${source.quantity} ${source.unit} of ${source.point}, ${source.readings} readings`
            : `  ${line}: ${source.quantity} ${source.unit} entered as ${source.id}`,
        ),
      ),
      ...noteLines(notes),
      ...warningLines(result),
      `evidence ${evidence}`,
    ].join('\n');
  },
};
