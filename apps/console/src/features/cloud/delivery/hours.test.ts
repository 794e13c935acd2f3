import { describe, expect, it } from 'vitest';
import type { DeliveryHour } from '../../../api/types.ts';
import { hourMs, hoursOf, shownState, stripsOf } from './hours.ts';

const hour = (at: number, facts: Partial<DeliveryHour> = {}): DeliveryHour => ({
  ...{ sourceId: 'a', hour: new Date(at).toISOString(), expected: 60, received: 60, stored: 60, state: 'complete' },
  ...{ duplicate: 0, rejected: 0, late: 0, early: 0, outOfOrder: 0, historical: 0 },
  ...facts,
});

describe('the strip of a source', () => {
  it('has one place for every hour of the window', () => {
    expect(hoursOf(hourMs / 2, 3 * hourMs)).toEqual([0, hourMs, 2 * hourMs]);
    const [strip] = stripsOf(['a'], [hour(hourMs)], [0, hourMs, 2 * hourMs]);
    expect(strip!.hours.map((each) => each?.hour)).toEqual([undefined, '1970-01-01T01:00:00.000Z', undefined]);
  });
  it('says what share of the expected was stored, without counting a surplus', () => {
    const items = [hour(0, { stored: 30 }), hour(hourMs, { stored: 90 })];
    expect(stripsOf(['a', 'b'], items, [0, hourMs]).map(({ share }) => share)).toEqual([90 / 120, undefined]);
  });
  it('shows a complete hour with late readings as late', () => {
    expect(shownState(hour(0))).toBe('complete');
    expect(shownState(hour(0, { late: 2 }))).toBe('late');
    expect(shownState(hour(0, { late: 2, state: 'missing' }))).toBe('missing');
  });
});
