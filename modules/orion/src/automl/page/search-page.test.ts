import { expect, it } from 'vitest';
import type { TableChoice } from '../choose-table-model.ts';
import type { Trial } from '../search.ts';
import { searchPage } from './search-page.ts';

const trial = (kind: string, loss: number | null, more: Partial<Trial> = {}): Trial => ({
  ...{
    kind,
    settings: { kind },
    rung: 2,
    share: 1,
    losses: loss === null ? [] : [loss],
    loss,
    seconds: 0.5,
    kept: false,
  },
  ...more,
});
const best = trial('ridge', 0.5, { kept: true });
const choice: TableChoice = {
  report: {
    trials: [
      trial('ridge', 0.7, { share: 1 / 9, rung: 0 }),
      best,
      trial('<b>', null, { ended: { why: 'unfit', message: 'no rows & none' } }),
    ],
    ...{ best, yardsticks: [trial('constant', 1)], gain: 0.5, complete: true },
  },
  loss: 'rmse',
  folds: 'drawn',
};

it('says what was tried, what won and by how much, with pictures, and lets no name become a tag', () => {
  const draw = () =>
    searchPage({
      ...{ target: 'Usage <kWh>', choice },
      heldOut: { told: Float64Array.of(1, 2), came: Float64Array.of(1.1, 1.9), time: Float64Array.of(0, 60_000) },
    });
  const page = draw();
  expect(page).toContain('ridge loses 50.0 % less than the best yardstick.');
  expect(page).toContain('Usage &lt;kWh&gt;');
  expect(page).toContain('could not learn: no rows &amp; none');
  expect(page).not.toContain('<b>');
  expect(page.match(/<svg/g)).toHaveLength(2);
  expect(draw()).toBe(page);
});

it('says so where nothing beats the yardstick', () => {
  const [yardstick] = choice.report.yardsticks;
  const report = { ...choice.report, best: yardstick!, gain: 0 };
  expect(searchPage({ target: 'x', choice: { ...choice, report } })).toContain('Nothing beats the yardstick constant.');
});
