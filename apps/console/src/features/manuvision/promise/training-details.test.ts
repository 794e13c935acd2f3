import { expect, it } from 'vitest';
import { trainingDetails } from './training-details.ts';

it('reads what a training said, and leaves out what it did not', () => {
  expect(trainingDetails({ details: { misses: null } })).toEqual({
    ...{ promise: undefined, misses: undefined, parity: undefined, suspects: [], alike: 0 },
  });
  const { promise, misses, parity, suspects, alike } = trainingDetails({
    details: {
      promise: { asked: 10, goodParts: 60, rejected: 0, moreGoodParts: 308, method: 'exponential tail' },
      misses: { defects: 10, missed: 1, low: 0.002, high: 0.45 },
      parity: { pictures: 40, maxScoreDifference: 1e-7, changedDecisions: 0, heatmapCorrelation: null },
      suspects: [{ name: 'abc', score: 3 }],
      alike: [['a.png', 'b.png']],
    },
  });
  expect(promise).toEqual({ asked: 10, goodParts: 60, rejected: 0, moreGoodParts: 308, isCarriedOn: true });
  expect(misses).toEqual({ defects: 10, missed: 1, low: 0.002, high: 0.45 });
  expect(parity?.heatmapCorrelation).toBeNull();
  expect(alike).toBe(1);
  expect(suspects).toEqual([{ hash: 'abc', score: 3 }]);
});
