import { describe, expect, it } from 'vitest';
import { TrackVotes } from './track-votes.ts';

describe('TrackVotes', () => {
  const looked = (probabilities: readonly number[], every = 200) => {
    const votes = new TrackVotes();
    for (const [at, probability] of probabilities.entries()) votes.add(at * every, probability);
    return votes.at((probabilities.length - 1) * every);
  };

  it('needs several looks, however sure each is', () => {
    expect(looked([0.99])).toBeUndefined();
    expect(looked([0.99, 0.99])).toBeUndefined();
    expect(looked([0.99, 0.99, 0.99])).toMatchObject({ present: true });
  });

  it('says nothing of looks that say nothing', () => {
    expect(looked(Array.from({ length: 30 }, (_, at) => (at % 2 ? 0.55 : 0.45)))).toBeUndefined();
  });

  it('is not turned by one bad look, but by many', () => {
    const good = Array.from({ length: 10 }, () => 0.9);
    expect(looked([...good, 0.05])).toMatchObject({ present: true });
    expect(looked([...good, 0.1, 0.9, 0.1, 0.9])).toMatchObject({ present: true });
    expect(looked([...good, ...Array.from({ length: 10 }, () => 0.1)])).toMatchObject({ present: false });
  });

  it('turns within a dozen looks even after hours of the other', () => {
    const hours = Array.from({ length: 10_000 }, () => 0.95);
    expect(looked([...hours, ...Array.from({ length: 12 }, () => 0.1)])).toMatchObject({ present: false });
  });

  it('forgets whom it has not seen for long', () => {
    const votes = new TrackVotes();
    for (const time of [0, 200, 400]) votes.add(time, 0.95);
    expect(votes.at(10_000)).toMatchObject({ present: true });
    expect(votes.at(31_000)).toBeUndefined();
    votes.add(60_000, 0.05);
    expect(votes.at(60_000)).toBeUndefined();
  });
});
