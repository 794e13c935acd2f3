import { expect, it } from 'vitest';
import { drawnData } from '../test/tables-driver.ts';
import { forestKind } from './forest-kind.ts';

const work = { signal: new AbortController().signal, progress: () => undefined };

it('tells targets and classes of rows that it has not seen', async () => {
  const [learnt, other] = [drawnData('regression', 2000, [], 1), drawnData('regression', 1000, [], 2)];
  const model = await forestKind.fit(learnt, { trees: 30 }, 3, work);
  const said = model.predict(other.table);
  const mean = (other.target as Float64Array).reduce((sum, value) => sum + value / 1000, 0);
  let [left, all] = [0, 0];
  for (let row = 0; row < 1000; row++) {
    left += (said[row]! - other.target[row]!) ** 2;
    all += (mean - other.target[row]!) ** 2;
  }
  expect(1 - left / all).toBeGreaterThan(0.9);
  for (const classes of [
    ['no', 'yes'],
    ['a', 'b', 'c'],
  ]) {
    const task = 'classification';
    const forest = await forestKind.fit(drawnData(task, 2000, classes, 1), { trees: 20 }, 3, work);
    const asked = drawnData(task, 1000, classes, 2);
    const chances = forest.predict(asked.table);
    let right = 0;
    for (let row = 0; row < 1000; row++) {
      const own = [...chances.subarray(classes.length * row, classes.length * (row + 1))];
      expect(own.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 6);
      if (own.indexOf(Math.max(...own)) === asked.target[row]) right += 1;
    }
    expect(right / 1000).toBeGreaterThan(0.85);
  }
});
