import { describe, expect, it } from 'vitest';
import { orionErrors } from '../errors.ts';
import { type Candidate, type SearchRequest, search } from './search.ts';

const candidates = Array.from({ length: 9 }, (_, index): Candidate => ({ kind: `k${index}`, settings: { index } }));
const quality = ({ settings }: Candidate): number => (settings as { index: number }).index;

/** A clock that evaluations move on. */
function clocked(request: Partial<SearchRequest> = {}) {
  let at = 0;
  const evaluated: string[] = [];
  const whole: SearchRequest = {
    candidates,
    yardsticks: [{ kind: 'mean', settings: { index: 10 } }],
    folds: 3,
    async evaluate(candidate, fold, share) {
      evaluated.push(`${candidate.kind}/${fold}/${share}`);
      at += 1000 * share;
      // The better ones need data: with little all are nearly alike.
      return 20 + (quality(candidate) - 8) * 0.5 * share + fold * 0.01;
    },
    budgetSeconds: 1000,
    signal: new AbortController().signal,
    now: () => at,
    progress: () => undefined,
    ...request,
  };
  return { whole, evaluated };
}

describe('search', () => {
  it('gives more data to the better third, and names the best of all data', async () => {
    const { whole } = clocked();
    const report = await search(whole);
    expect(report.best).toMatchObject({ kind: 'k0', share: 1, rung: 2 });
    expect(report.trials.map(({ rung }) => rung)).toEqual([...Array(9).fill(0), ...Array(3).fill(1), 2]);
    expect(report.trials.filter(({ rung, kept }) => rung === 0 && kept).map(({ kind }) => kind)).toEqual([
      'k0',
      'k1',
      'k2',
    ]);
    expect(report.complete).toBe(true);
    expect(report.gain).toBeCloseTo(1 - report.best.loss! / report.yardsticks[0]!.loss!, 12);
  });

  it('lets a yardstick win that nothing beats', async () => {
    const { whole } = clocked({ yardsticks: [{ kind: 'last', settings: { index: -50 } }] });
    const report = await search(whole);
    expect(report.best.kind).toBe('last');
    expect(report.gain).toBe(0);
  });

  it('stops when time is up, and still names the best so far', async () => {
    const { whole } = clocked({ budgetSeconds: 4 });
    const report = await search(whole);
    expect(report.complete).toBe(false);
    expect(report.trials).toHaveLength(3);
    expect(report.best).toMatchObject({ kind: 'k0', share: 1 / 9 });
  });

  it('passes over what cannot learn, and gives up what is far behind', async () => {
    const { whole } = clocked({
      async evaluate({ kind }, _fold, _share) {
        if (kind === 'k0') throw orionErrors.ORION_DATA_UNFIT({ learner: kind, reason: 'a class has one example' });
        return kind === 'k3' ? 100 : 1;
      },
    });
    const report = await search(whole);
    expect(report.trials.find(({ kind }) => kind === 'k0')).toMatchObject({ loss: null, ended: { why: 'unfit' } });
    expect(report.trials.find(({ kind }) => kind === 'k3')).toMatchObject({ losses: [100], ended: { why: 'behind' } });
    expect(report.best.kind).toBe('k1');
  });

  it('says why where nothing can learn', async () => {
    const unfit = orionErrors.ORION_DATA_UNFIT({ learner: 'all', reason: 'the target is constant' });
    const { whole } = clocked({ evaluate: () => Promise.reject(unfit) });
    await expect(search(whole)).rejects.toMatchObject({ code: 'ORION_DATA_UNFIT' });
  });

  it('lets other failures through, and stops when it is told to', async () => {
    const { whole } = clocked({ evaluate: () => Promise.reject(new Error('a defect')) });
    await expect(search(whole)).rejects.toThrow('a defect');
    await expect(search({ ...clocked().whole, signal: AbortSignal.abort() })).rejects.toThrow();
  });
});
