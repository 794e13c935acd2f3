import { describe, expect, it } from 'vitest';
import { type DueItem, formMessages } from './form-messages.ts';

const item = (index: number, change: Partial<DueItem> = {}): DueItem => ({
  ...{ alertId: `a${index}`, groupKey: 'g', held: false, severity: 'info', siteId: 's' },
  ...{ title: `t${index}`, bytes: 100, ...change },
});
const many = (count: number, change: (index: number) => Partial<DueItem> = () => ({})) =>
  Array.from({ length: count }, (_, index) => item(index, change(index)));
const ids = (messages: ReturnType<typeof formMessages>) => messages.map(({ alertIds }) => alertIds.length);

describe('messages', () => {
  it('are one for each group, titled by the gravest', () => {
    const items = many(4, (index) => ({
      groupKey: index % 2 ? 'odd' : 'even',
      severity: index === 2 ? 'alarm' : 'info',
    }));
    expect(formMessages(items, 10)).toMatchObject([
      { digest: false, severity: 'alarm', title: 't2', alertIds: ['a0', 'a2'] },
      { digest: false, severity: 'info', title: 't1', alertIds: ['a1', 'a3'] },
    ]);
  });

  it('are cut by number and by size', () => {
    expect(ids(formMessages(many(600), 10))).toEqual([250, 250, 100]);
    expect(
      ids(
        formMessages(
          many(10, () => ({ bytes: 100_000 })),
          10,
        ),
      ),
    ).toEqual([2, 2, 2, 2, 2]);
    expect(
      ids(
        formMessages(
          many(2, () => ({ bytes: 900_000 })),
          10,
        ),
      ),
    ).toEqual([1, 1]);
  });

  it('become digests when there are more groups than slots, and none when there is no slot', () => {
    const items = many(20, (index) => ({ groupKey: `${index}`, siteId: index ? 's' : null }));
    expect(formMessages(items, 3)).toMatchObject([{ digest: true, siteId: null }]);
    expect(ids(formMessages(items, 3))).toEqual([20]);
    expect(formMessages(items, 0)).toEqual([]);
    expect(formMessages(items, -1)).toEqual([]);
    expect(formMessages([], 5)).toEqual([]);
  });

  it('put what was held into a digest of its own', () => {
    const items = many(6, (index) => ({ held: index < 4, groupKey: `${index}` }));
    expect(formMessages(items, 10)).toMatchObject([
      { digest: true, alertIds: ['a0', 'a1', 'a2', 'a3'] },
      { digest: false, alertIds: ['a4'] },
      { digest: false, alertIds: ['a5'] },
    ]);
  });
});
