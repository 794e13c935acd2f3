import { describe, expect, it } from 'vitest';
import { summaryOf } from './summary.ts';

describe('summaryOf', () => {
  it('shows the plain facts of an action without ids', () =>
    expect(
      summaryOf({
        kind: 'action',
        content: { name: 'kim', role: 'viewer', id: '01a2065c-8520-73a5-982b-050a1a7cd5ba' },
      }),
    ).toBe('name: kim · role: viewer'));
  it('shows the parameters of a finding', () =>
    expect(summaryOf({ kind: 'finding', content: { parameters: { year: 2023 }, output: { total: 1 } } })).toBe(
      'year: 2023',
    ));
  it('shows what a change changed, and on what', () => {
    const content = {
      before: { name: 'Press 4', enabled: true, config: { a: 1 } },
      after: { name: 'Press 4', enabled: false, config: { a: 2 } },
    };
    expect(summaryOf({ kind: 'action', content })).toBe('Press 4 · enabled: true → false · config');
  });
  it('writes times to the minute', () =>
    expect(summaryOf({ kind: 'finding', content: { parameters: { from: '2026-10-01T00:00:00+02:00' } } })).toBe(
      'from: 2026-10-01 00:00',
    ));
  it('shortens what is long', () =>
    expect(summaryOf({ kind: 'action', content: { text: 'x'.repeat(200) } })).toHaveLength(90));
});
