import { expect, it } from 'vitest';
import { trainingDetails } from './training-details.ts';

it('reads what a training said, and leaves out what it did not', () => {
  expect(trainingDetails({ details: {} })).toEqual({ promise: undefined, parity: undefined, suspects: [] });
  const { promise, parity, suspects } = trainingDetails({
    details: {
      promise: { asked: 10, goodParts: 60, rejected: 0, moreGoodParts: 308, method: 'exponential tail' },
      parity: { pictures: 40, maxScoreDifference: 1e-7, changedDecisions: 0, heatmapCorrelation: null },
      suspects: [{ name: 'abc', score: 3 }],
    },
  });
  expect(promise).toEqual({ asked: 10, goodParts: 60, rejected: 0, moreGoodParts: 308, isCarriedOn: true });
  expect(parity?.heatmapCorrelation).toBeNull();
  expect(suspects).toEqual([{ hash: 'abc', score: 3 }]);
});
