import { describe, expect, it } from 'vitest';
import { type LinePart, type RetuningEvidence, workOut } from './work-out.ts';

const part = (at: number, score: number, verdict: 'ok' | 'ng', reviewed: 'ok' | 'ng' | null = null): LinePart => ({
  ...{ id: String(at), at: new Date(at * 1000).toISOString(), fileName: `${at}.png`, score, verdict, reviewed },
});
const heldOut = Array.from({ length: 100 }, (_, at) => at / 100);

describe('a proposal from a line', () => {
  // 900 passed parts, and 20 rejected of which the first ten are reviewed: eight of them were good.
  const passed = Array.from({ length: 900 }, (_, at) => part(at, at / 1000, 'ok'));
  const rejected = Array.from({ length: 20 }, (_, at) =>
    part(1000 + at, 1.01 + at / 100, 'ng', at < 10 ? (at < 8 ? 'ok' : 'ng') : null),
  );
  const evidence: RetuningEvidence = { asked: 5, threshold: 1, heldOut, parts: [...rejected, ...passed] };
  const result = workOut(evidence)!;

  it('counts rejected parts for as many as there were, however many were reviewed', () => {
    // 16 of 1,016 good parts: eight, each for two.
    expect(result.current.per1000).toBeGreaterThan(12);
    expect(result.current.per1000).toBeLessThan(22);
    expect(result).toMatchObject({ change: 'raise', parts: { all: 920, rejected: 20, reviewed: 10 }, held: 100 });
    expect(result.proposed.per1000).toBeLessThanOrEqual(5);
  });

  it('says which parts would have been judged otherwise, and which defects then pass', () => {
    const { threshold } = result.proposed;
    const between = rejected.filter(({ score }) => score <= threshold);
    expect(result.changedParts).toBe(between.length);
    expect(result.changed.every(({ before, after }) => before === 'ng' && after === 'ok')).toBe(true);
    expect(result.proposed.misses).toBe(between.filter(({ reviewed }) => reviewed === 'ng').length);
  });

  it('takes a passed part that people call bad for a miss', () => {
    const parts = [part(2000, 0.95, 'ok', 'ng'), ...passed];
    const { current } = workOut({ ...evidence, threshold: 1, parts })!;
    expect(current).toMatchObject({ misses: 1, defects: 1 });
  });

  it('lists no more than a hundred, and counts all', () => {
    const many = Array.from({ length: 150 }, (_, at) => part(at, 1.5, 'ng', 'ok'));
    const found = workOut({ ...evidence, parts: many })!;
    expect(found.changedParts).toBe(150);
    expect(found.changed).toHaveLength(100);
  });

  it('says nothing without a good part', () => {
    expect(workOut({ ...evidence, heldOut: [], parts: [part(1, 2, 'ng', 'ng')] })).toBeUndefined();
  });
});
