import { expect, it } from 'vitest';
import { restateWithFactors } from './restate.ts';

const input = {
  lines: [{ kind: 'electricity', id: 'office', quantity: '1029.03', unit: 'MWh', factor: 'cn-grid-ets-2021' }],
} as const;

it('keeps the old figure beside the new one and says why', () => {
  const { restatement } = restateWithFactors(
    { lines: [...input.lines] },
    { 'cn-grid-ets-2021': 'cn-grid-ets-2022' },
    'newer factor',
  );
  // 1029.03 × 0.5810 = 597.86643; 1029.03 × 0.5703 = 586.855809
  expect(restatement).toMatchObject({
    old: '597.86643',
    new: '586.855809',
    difference: '-11.010621',
    percent: '-1.84%',
    why: 'newer factor',
    familyChanged: false,
  });
  expect(restatement.factorOld[0]?.id).toBe('cn-grid-ets-2021');
  expect(restatement.factorNew[0]?.id).toBe('cn-grid-ets-2022');
});

it('marks a change of family, which no single calculation may contain', () => {
  const { restatement } = restateWithFactors(
    { lines: [...input.lines] },
    { 'cn-grid-ets-2021': 'cn-grid-average-2021' },
    'method',
  );
  expect(restatement.familyChanged).toBe(true);
});

it('gives no percentage of nothing', () => {
  const lines = [{ ...input.lines[0], quantity: '0' }];
  expect(restateWithFactors({ lines }, {}, 'none').restatement.percent).toBeNull();
});
