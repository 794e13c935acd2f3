import { describe, expect, it } from 'vitest';
import { wallText } from '../../../app/i18n/wall-clock.ts';
import { curveRows } from './load-option.ts';

describe('curveRows', () => {
  it('stands on the clock of the site and keeps gaps', () => {
    const rows = curveRows(
      { from: '2018-01-01T00:00:00+09:00', stepMinutes: 30, mean: [1, null], maximum: [2, null] },
      'Asia/Seoul',
    );
    expect(rows.map(([time, ...rest]) => [wallText(time), ...rest])).toEqual([
      ['2018-01-01T00:00', 1, 2],
      ['2018-01-01T00:30', null, null],
    ]);
  });
});
