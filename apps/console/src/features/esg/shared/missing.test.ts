import { expect, it } from 'vitest';
import { missingFactors, missingOf } from './missing.ts';

const note = (code: string, region: string, what = 'carrier.electricity') => ({
  code,
  text: `${code} ${region} ${what}`,
  values: { region, what: { term: what }, year: 2025 },
});

it('says once what a figure lacks, and which factors would complete it', () => {
  const german = note('esg.factor-missing', 'DE');
  const notes = [
    german,
    german,
    note('esg.factor-missing', 'DE', 'carrier.heat'),
    note('esg.factor-unconfirmed', 'CN'),
  ];
  const missing = missingOf([...notes, { code: 'esg.steam-state-missing', values: {}, text: 'steam' }]);
  expect(missing).toHaveLength(3);
  expect(missingFactors(missing)).toEqual([
    { carrier: 'electricity', region: 'DE', year: 2025 },
    { carrier: 'heat', region: 'DE', year: 2025 },
  ]);
});
