import { expect, it } from 'vitest';
import type { StudiedFeature } from '../types.ts';
import { judgedShare, measurementsOf } from './study-rows.ts';

it('measurements stand by operator and part, 2 before 10', () => {
  const trial = (part: string, operator: string, value: number, feature = 'disc') => ({
    ...{ part, operator, value, feature, fileName: '' },
  });
  const trials = [trial('10', 'bo', 5), trial('2', 'bo', 1), trial('2', 'bo', 3), trial('2', 'ann', 4)];
  expect(measurementsOf([...trials, trial('1', 'eve', 9, 'bore')], 'disc')).toEqual([
    {
      operator: 'ann',
      parts: [
        { part: '2', values: [4] },
        { part: '10', values: [] },
      ],
    },
    {
      operator: 'bo',
      parts: [
        { part: '2', values: [1, 3] },
        { part: '10', values: [5] },
      ],
    },
  ]);
});

it('the verdict goes by the tolerance where there is one', () => {
  const feature = (tolerancePercent: number | null) =>
    ({ study: { gaugeRR: { tolerancePercent, studyPercent: 20 } } }) as StudiedFeature;
  expect(judgedShare(feature(5))).toEqual({ percent: 5, of: 'tolerance' });
  expect(judgedShare(feature(null))).toEqual({ percent: 20, of: 'study' });
});
