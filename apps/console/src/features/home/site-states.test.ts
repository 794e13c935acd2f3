import { describe, expect, it } from 'vitest';
import type { DeliveryHour, PlantNode, Source } from '../../api/types.ts';
import { siteStates, worstOf } from './site-states.ts';

const site = (id: string): PlantNode => ({
  ...{ id, kind: 'site', parentId: null, name: id, siteId: id, description: '' },
  ...{ timezone: 'UTC', floorAreaM2: null, region: null },
});
const source = (id: string, siteId: string, state: Source['state']['state']): Source =>
  ({ id, siteId, state: { state, message: '', since: '' } }) as unknown as Source;
const hour = (sourceId: string, at: number, state: DeliveryHour['state'], expected: number, stored: number) =>
  ({ sourceId, hour: new Date(at).toISOString(), state, expected, stored, late: 0 }) as DeliveryHour;

const hourMs = 3_600_000;

describe('how a site stands', () => {
  const [north, south] = siteStates(
    [site('north'), site('south')],
    [
      source('a', 'north', 'online'),
      source('b', 'north', 'offline'),
      source('c', 'north', 'files'),
      source('d', 'north', 'disabled'),
    ],
    [hour('a', 0, 'complete', 60, 60), hour('b', 0, 'missing', 60, 0), hour('a', hourMs, 'complete', 60, 90)],
    [0, hourMs, 2 * hourMs],
  );
  it('counts the sources that should be sending, not files and those switched off', () =>
    expect([north!.online, north!.expected]).toEqual([1, 2]));
  it('shows the worst source of each hour, and nothing where nothing was expected', () =>
    expect(north!.hours).toEqual(['missing', 'complete', undefined]));
  it('never lets too much in one hour make up for too little in another', () =>
    expect(north!.share).toBeCloseTo(120 / 180));
  it('says nothing of a site without sources', () =>
    expect(south).toMatchObject({
      online: 0,
      expected: 0,
      share: undefined,
      hours: [undefined, undefined, undefined],
    }));
});

describe('worstOf', () => {
  it('puts a missing hour before rejected readings, and those before a partial hour', () => {
    expect(worstOf(['partial', 'missing', 'rejected'])).toBe('missing');
    expect(worstOf(['partial', 'rejected', undefined])).toBe('rejected');
    expect(worstOf([undefined, 'late', 'complete'])).toBe('late');
    expect(worstOf([])).toBeUndefined();
  });
});
