import { expect, it } from 'vitest';
import { lightPalette } from '../../../app/theme/palette.ts';
import { paretoChart, yieldChart } from './station-charts.ts';

const words = {
  ...{ ok: 'OK', ng: 'NG', refused: 'cannot be judged', yield: 'Yield', parts: 'Parts', share: 'Together' },
  ...{ unnamed: 'other', classText: (name: string) => name },
};
const palette = lightPalette;
const dataOf = (option: object) => (option as { series: { data: number[] }[] }).series.map(({ data }) => data);

it('counts what could not be judged against the yield', () => {
  const hours = [{ at: '2026-03-05T08:00:00Z', ok: 90, ng: 6, refused: 4 }];
  expect(dataOf(yieldChart({ hours }, { words, palette, hourText: String }))).toEqual([[90], [6], [4], [90]]);
});

it('adds the shares of the classes up to all of them', () => {
  const classes = [
    { name: 'scratch', count: 6 },
    { name: '', count: 2 },
  ];
  const option = paretoChart({ classes }, { words, palette });
  expect(dataOf(option)).toEqual([
    [6, 2],
    [75, 100],
  ]);
  expect(option.xAxis).toMatchObject({ data: ['scratch', 'other'] });
});
