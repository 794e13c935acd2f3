import { describe, expect, it } from 'vitest';
import type { HeatMap, Profile } from '../types.ts';
import { figureSheet, hourSheet } from './report-csv.ts';

describe('the sheets of a report', () => {
  it('hold figures unrounded', () => {
    const profile = {
      ...{ period: { from: 'a', to: 'b' }, interval: '15m', loadFactor: 0.174239040645, coverage: 1 },
      ...{ consumption: { value: 959636.71, unit: 'kW.h' }, peak: null, baseLoad: { value: 10.96, unit: 'kW' } },
    } as unknown as Profile;
    const { rows } = figureSheet(profile, undefined);
    expect(rows).toContainEqual(['consumption', 959636.71, 'kW.h', '']);
    expect(rows).toContainEqual(['loadFactor', 0.174239040645, '1', '']);
    expect(rows.map(([name]) => name)).not.toContain('evidence');
  });
  it('hold a column for every hour', () => {
    const sheet = hourSheet({
      unit: 'kW',
      rows: [{ date: '2024-01-01', weekday: 1, hours: Array(24).fill(1) }],
    } as unknown as HeatMap);
    expect(sheet.header).toHaveLength(26);
    expect(sheet.rows[0]).toHaveLength(26);
  });
});
