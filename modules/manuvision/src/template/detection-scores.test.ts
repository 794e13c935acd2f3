import { expect, it } from 'vitest';
import { formatBoxes, parseBoxes } from './box-file.ts';
import { detectionScores } from './detection-scores.ts';

const box = (x: number, className: string, score = 1) => ({ x, y: 10, width: 20, height: 20, className, score });

it('writes and reads boxes as DeepPCB does, and keeps other classes by name', () => {
  const text = formatBoxes([box(5, 'short', 0.5), box(40, 'pin-hole', 0.25), box(70, 'missing', 1)]);
  expect(text).toBe('5 10 25 30 2 0.500\n40 10 60 30 6 0.250\n70 10 90 30 missing 1.000\n');
  expect(parseBoxes(text)).toMatchObject([{ className: 'short' }, { className: 'pin-hole' }, { className: 'missing' }]);
  expect(parseBoxes('1,2,3,4,1\r\n')).toEqual([{ x: 1, y: 2, width: 2, height: 2, className: 'open' }]);
  expect(parseBoxes('')).toEqual([]);
  expect(parseBoxes('no boxes here at all')).toBeUndefined();
});

it('counts a box right by class and overlap, each truth once, best score first', () => {
  const scores = detectionScores([
    {
      truth: [box(0, 'open'), box(100, 'open'), box(200, 'spur')],
      // Right; the same truth again; a wrong class; an overlap of a third exactly, which is more than 0.33.
      found: [box(1, 'open', 0.9), box(2, 'open', 0.8), box(200, 'short', 0.7), box(110, 'open', 0.6)],
    },
  ]);
  expect(scores.classes).toEqual([
    { className: 'open', truth: 2, found: 3, right: 2, averagePrecision: 0.5 + 0.5 * (2 / 3) },
    { className: 'spur', truth: 1, found: 0, right: 0, averagePrecision: 0 },
  ]);
  expect(scores.precision).toBeCloseTo(2 / 4);
  expect(scores.recall).toBeCloseTo(2 / 3);
  expect(scores.meanAveragePrecision).toBeCloseTo((0.5 + 1 / 3) / 2);
});
