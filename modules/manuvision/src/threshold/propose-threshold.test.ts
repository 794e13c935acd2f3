import { describe, expect, it } from 'vitest';
import { proposeThreshold, type ReviewedPart } from './propose-threshold.ts';

const heldOut = Array.from({ length: 200 }, (_, at) => at / 100);
const part = (score: number, good: boolean, standsFor = 1): ReviewedPart => ({ score, good, standsFor });

describe('a proposal for the threshold', () => {
  it('keeps what keeps the promise', () => {
    expect(proposeThreshold(10, 1.985, heldOut, [part(3, false)])).toMatchObject({
      ...{ change: 'keep', proposed: { threshold: 1.985, misses: 0, defects: 1 } },
    });
  });

  it('raises where operators overrule too many rejects', () => {
    const overruled = Array.from({ length: 30 }, (_, at) => part(2.05 + at / 100, true));
    const proposal = proposeThreshold(10, 1.98, heldOut, [...overruled, part(2.2, false), part(4, false)])!;
    expect(proposal).toMatchObject({ change: 'raise', current: { misses: 0 }, proposed: { misses: 1, defects: 2 } });
    // 231 parts: at most one above.
    expect(proposal.proposed.threshold).toBeCloseTo(2.33, 9);
    expect(proposal.current.per1000).toBeGreaterThan(100);
    expect(proposal.proposed.per1000).toBeLessThanOrEqual(10);
  });

  it('does not take the reviewed rejects for the whole line', () => {
    const overruled = Array.from({ length: 10 }, (_, at) => part(2.05 + at / 100, true));
    // One of a hundred passes is looked at: these 50 stand for 5,000.
    const passes = Array.from({ length: 50 }, (_, at) => part(at / 40, true, 100));
    const { current } = proposeThreshold(10, 2, heldOut, [...overruled, ...passes])!;
    expect((10 / 5210) * 1000).toBeLessThan(current.high);
    expect(current.low).toBeLessThan(5);
  });

  it('lowers where defects pass and there is room', () => {
    expect(proposeThreshold(50, 1.98, heldOut, [part(1.95, false)])).toMatchObject({
      ...{ change: 'lower', current: { misses: 1 }, proposed: { misses: 0 } },
    });
  });

  it('never lowers on too few parts, and says nothing of none', () => {
    expect(proposeThreshold(1, 5, [1, 2, 3], [])).toMatchObject({ change: 'keep', proposed: { threshold: 5 } });
    expect(proposeThreshold(1, 5, [], [part(9, false)])).toBeUndefined();
  });
});
