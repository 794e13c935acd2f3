import { seededRandom } from '@millwright/imaging';
import { expect, it } from 'vitest';
import { linearDiscriminant } from './linear-discriminant.ts';
import { linearScores } from './logistic-regression.ts';
import { rowsOf } from './rows.ts';

it('discriminants look past what varies within classes, however strong it is', () => {
  const random = seededRandom(3);
  const noise = () => random() + random() + random() - 1.5;
  // The classes differ by 1 in the second number; the first varies by far more, and drags the second along.
  const labels = Array.from({ length: 300 }, (_, row) => row % 2);
  const rows = rowsOf(
    labels.map((label) => {
      const drift = 20 * noise();
      return [drift, drift + label + 0.1 * noise(), noise()];
    }),
  );
  const priors = [Math.log(0.5), Math.log(0.5)];
  const weights = labels.map(() => 1);
  const found = linearDiscriminant(rows, labels, 2, { weights, priors, shrinkage: 1e-6 });
  const right = labels.filter((label, row) => {
    const [none, one] = linearScores(found, rows.data.subarray(row * 3, row * 3 + 3));
    return Number(one! > none!) === label;
  });
  expect(right.length).toBe(300);
  // In the middle between the classes both are as likely.
  const [none, one] = linearScores(found, [0, 0.5, 0]);
  expect(Math.abs(none! - one!)).toBeLessThan(10);
  expect(linearDiscriminant(rows, labels, 2, { weights, priors, shrinkage: 1e-6 })).toEqual(found);
});
