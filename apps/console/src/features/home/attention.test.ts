import { describe, expect, it } from 'vitest';
import type { DeliveryHour, Job, Source, User } from '../../api/types.ts';
import { concernsOf } from './attention.ts';

const source = (id: string, state: Source['state']['state']): Source =>
  ({ id, state: { state, message: 'no answer' } }) as unknown as Source;
const hour = (sourceId: string, state: DeliveryHour['state'], rejected = 0): DeliveryHour =>
  ({ sourceId, state, rejected }) as DeliveryHour;
const job = (id: string, state: Job['state'], createdAt: string): Job => ({ id, state, createdAt }) as Job;
const user = (name: string, lockedUntil: string | null): User => ({ name, lockedUntil }) as User;
const now = Date.parse('2026-11-26T12:00:00Z');
const since = Date.parse('2026-11-25T12:00:00Z');

describe('what asks for attention', () => {
  it('is nothing while all is well', () =>
    expect(
      concernsOf(
        [source('a', 'online'), source('b', 'disabled')],
        [hour('a', 'complete'), hour('a', 'backfilled')],
        [job('1', 'done', '2026-11-26T11:00:00Z')],
        [user('chen', '2026-11-26T11:59:00Z'), user('li', null)],
        since,
        now,
      ),
    ).toEqual([]));
  it('begins with sources that do not answer, then gaps, jobs and locked accounts', () =>
    expect(
      concernsOf(
        [source('a', 'online'), source('b', 'offline')],
        [hour('a', 'missing'), hour('a', 'missing'), hour('a', 'rejected', 7)],
        [job('1', 'failed', '2026-11-26T11:00:00Z'), job('2', 'failed', '2026-11-20T11:00:00Z')],
        [user('chen', '2026-11-26T12:10:00Z')],
        since,
        now,
      ).map(({ kind, to }) => [kind, to]),
    ).toEqual([
      ['source', '/sources?source=b'],
      ['delivery', '/delivery?span=24h&source=a'],
      ['job', '/jobs?job=1'],
      ['user', '/users?q=chen'],
    ]));
  it('counts the hours and readings of a source', () =>
    expect(
      concernsOf([source('a', 'online')], [hour('a', 'missing'), hour('a', 'partial', 2)], [], [], since, now)[0],
    ).toMatchObject({ missing: 1, partial: 1, rejected: 2 }));
});
