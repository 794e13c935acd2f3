import { seededRandom, shuffled } from '@millwright/imaging';
import { describe, expect, it } from 'vitest';
import { chooseClassifier, probabilitiesOf } from './choose-classifier.ts';
import { linearScores, logisticRegression } from './logistic-regression.ts';
import { minimise } from './minimise.ts';
import { rowsOf } from './rows.ts';
import { standardised, standardOf } from './standardise.ts';

/** Clouds around (0, 0), (3, 0) and (0, 3), with a number that says nothing. */
function clouds(count: number, spread: number, seed: number) {
  const random = seededRandom(seed);
  const noise = () => (random() + random() + random() - 1.5) * spread;
  const labels = Array.from({ length: count }, (_, at) => at % 3);
  const rows = labels.map((label) => [(label === 1 ? 3 : 0) + noise(), (label === 2 ? 3 : 0) + noise(), noise() * 50]);
  return { labels, rows: rowsOf(rows) };
}

it('finds the lowest point of a narrow valley', () => {
  const point = Float64Array.from([-3, 4]);
  minimise(
    ([x, y], gradient) => {
      gradient[0] = 2 * (x! - 1) + 200 * (x! + y! - 3);
      gradient[1] = 200 * (x! + y! - 3);
      return (x! - 1) ** 2 + 100 * (x! + y! - 3) ** 2;
    },
    point,
    { tolerance: 1e-8 },
  );
  expect(point[0]).toBeCloseTo(1, 4);
  expect(point[1]).toBeCloseTo(2, 4);
});

describe('multinomial logistic regression', () => {
  it('has at its end the mean of what it predicts equal to what was there', () => {
    const { labels, rows } = clouds(300, 3, 1);
    const scaled = standardised(rows, standardOf(rows));
    const found = logisticRegression(scaled, labels, 3, { penalty: 1e-6 });
    // The condition of a maximum of the likelihood for the bias: probabilities add up to the counts.
    const sums = [0, 0, 0];
    for (let row = 0; row < 300; row++) {
      const scores = linearScores(found, scaled.data.subarray(row * 3, row * 3 + 3)).map(Math.exp);
      const sum = scores.reduce((all, one) => all + one, 0);
      for (const at of [0, 1, 2]) sums[at]! += scores[at]! / sum;
    }
    for (const sum of sums) expect(sum).toBeCloseTo(100, 0);
  });

  it('gives the same bytes again, and smaller weights under a stronger pull', () => {
    const { labels, rows } = clouds(90, 2, 2);
    const scaled = standardised(rows, standardOf(rows));
    const size = (penalty: number) =>
      logisticRegression(scaled, labels, 3, { penalty }).weights.reduce((sum, weight) => sum + weight ** 2, 0);
    expect(size(0.01)).toBe(size(0.01));
    expect(size(1)).toBeLessThan(size(0.01) / 4);
  });
});

describe('the chosen classifier', () => {
  const learn = (count: number, spread: number) => {
    const { labels, rows } = clouds(count, spread, 3);
    const groups = labels.map((_, row) => String(row));
    return chooseClassifier({ rows, labels, classes: 3, groups }, { random: seededRandom(1) });
  };

  it('tells parted classes apart, and says how sure it is', () => {
    const chosen = learn(60, 1.5);
    expect(chosen.validation!.accuracy).toBeGreaterThan(0.95);
    const sure = probabilitiesOf(chosen, Float32Array.from([3, 0, 0]));
    expect(sure[1]).toBeGreaterThan(0.8);
    const between = probabilitiesOf(chosen, Float32Array.from([1.5, 0, 0]));
    expect(Math.max(...between)).toBeLessThan(sure[1]!);
  });

  it('is about as often right as it says where classes overlap', () => {
    const chosen = learn(600, 6);
    const { labels, rows } = clouds(900, 6, 9);
    let [right, claimed] = [0, 0];
    for (const [row, label] of labels.entries()) {
      const own = [...probabilitiesOf(chosen, rows.data.subarray(row * 3, row * 3 + 3))];
      const most = Math.max(...own);
      claimed += most / labels.length;
      if (own.indexOf(most) === label) right += 1 / labels.length;
    }
    expect(Math.abs(right - claimed)).toBeLessThan(0.05);
    expect(right).toBeLessThan(0.95);
  });

  it('does without validation where a class has one example only', () => {
    const rows = rowsOf([
      [0, 1],
      [1, 0],
      [1, 0.1],
    ]);
    const chosen = chooseClassifier(
      { rows, labels: [0, 1, 1], classes: 2, groups: ['a', 'b', 'c'] },
      { random: seededRandom(1) },
    );
    expect(chosen.validation).toBeNull();
    expect(probabilitiesOf(chosen, Float32Array.from([0, 1]))[0]).toBeGreaterThan(0.5);
  });

  it('never parts a group', () => {
    // Each group's label can only be learnt from itself: whoever parts groups looks right.
    const random = seededRandom(5);
    const rows = rowsOf(
      Array.from({ length: 80 }, (_, row) => Array.from({ length: 40 }, (_, at) => (at === row >> 1 ? 1 : 0))),
    );
    const drawn = shuffled(
      Array.from({ length: 40 }, (_, group) => group % 2),
      random,
    );
    const labels = Array.from({ length: 80 }, (_, row) => drawn[row >> 1]!);
    const groups = labels.map((_, row) => String(row >> 1));
    expect(chooseClassifier({ rows, labels, classes: 2, groups }, { random }).validation!.accuracy).toBeLessThan(0.7);
  });
});
