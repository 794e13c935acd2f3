import { describe, expect, it } from 'vitest';
import { nextChord } from './chord.ts';

describe('nextChord', () => {
  it('goes to a page when a letter follows g in time', () => {
    const first = nextChord('g', 0, 1000);
    expect(first).toEqual({ action: undefined, leaderAt: 1000 });
    expect(nextChord('l', first.leaderAt, 1800)).toEqual({ action: { kind: 'go', letter: 'l' }, leaderAt: 0 });
  });
  it('forgets g after a while', () => expect(nextChord('l', 1000, 4000).action).toBeUndefined());
  it('knows help and search by themselves', () => {
    expect(nextChord('?', 0, 5).action).toEqual({ kind: 'help' });
    expect(nextChord('/', 0, 5).action).toEqual({ kind: 'search' });
  });
  it('takes g g as a page letter, not as a second leader', () =>
    expect(nextChord('g', 1000, 1100).action).toEqual({ kind: 'go', letter: 'g' }));
});
