import { readFileSync } from 'node:fs';
import type { Problem } from '@millwright/kernel';
import { describe, expect, it } from 'vitest';
import { parseTariff } from './tariff.ts';

const example = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../tariffs/${name}.json`, import.meta.url), 'utf8'));

function problemsOf(content: unknown): string[] {
  try {
    parseTariff(content);
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENERGY_TARIFF_INVALID' });
    const { problems } = (error as { details: { problems: Partial<Problem>[] } }).details;
    return problems.map(({ path, text }) => `${path ? `${path}: ` : ''}${text}`);
  }
  return [];
}

describe('parseTariff', () => {
  it.each(['example-cn-industrial', 'example-de-industrial'])('should accept %s, marked as an example', (name) => {
    expect(parseTariff(example(name))).toMatchObject({ id: name, example: true });
  });

  it('should list missing and overlapping hours', () => {
    const tariff = example('example-de-industrial');
    tariff.seasons[0].days[0].hours = [
      { from: '06:00', to: '20:00', period: 'peak' },
      { from: '19:30', to: '05:00', period: 'valley' },
    ];
    expect(problemsOf(tariff)).toEqual([
      'season all year, weekday: 05:00 to 06:00 has no period',
      'season all year, weekday: 19:30 to 20:00 is claimed by peak, valley',
    ]);
  });

  it('should list months, day types and prices that are missing or doubled', () => {
    const tariff = example('example-cn-industrial');
    tariff.seasons[0].months = [6, 7];
    tariff.seasons[0].days[0].types = ['weekday', 'weekend'];
    delete tariff.seasons[0].prices.sharp;
    expect(problemsOf(tariff)).toEqual([
      'month 6 is in 2 seasons',
      'month 8 is in no season',
      'season summer: holiday is described nowhere',
      'season summer: sharp has no price',
    ]);
  });

  it('should name fields that are wrong, numbers for prices among them', () => {
    const tariff = example('example-de-industrial');
    tariff.timezone = 'Berlin';
    tariff.demand.pricePerkWMonth = 12.5;
    tariff.colour = 'red';
    const problems = problemsOf(tariff).join('\n');
    expect(problems).toContain('timezone: must be an IANA time zone');
    expect(problems).toContain('demand.pricePerkWMonth');
    expect(problems).toContain('colour');
  });
});
