import { describe, expect, it } from 'vitest';
import { DecodeLoad } from './decode-load.ts';

/** A stream of 25 pictures a second with a key frame every second; a picture takes `costMs` to decode. */
function watch(seconds: number, costMs: (at: number, isKey: boolean) => number) {
  const load = new DecodeLoad(0);
  const changes: [at: number, behind: boolean][] = [];
  let now = 0;
  for (let number = 0; number < seconds * 25; number++) {
    const waited = Math.max(0, number * 40 - now);
    now += waited;
    const isKey = number % 25 === 0;
    if (load.took(now, waited, isKey)) changes.push([Math.round(now / 1000), load.behind]);
    if (!load.behind || isKey) now += costMs(now, isKey);
  }
  return { changes, late: now - seconds * 1000 };
}

describe('what a decoder has to do', () => {
  it('is said to be too much only when it is', () => {
    expect(watch(300, () => 20).changes).toEqual([]);
    expect(watch(300, () => 36).changes).toEqual([]);
    // A burst after the network was away for two seconds.
    expect(watch(60, (at) => (at > 30_000 && at < 30_100 ? 2_000 : 15)).changes).toEqual([]);
  });

  it('is brought down to key frames, tried again now and then, and never falls ever further behind', () => {
    const { changes, late } = watch(600, () => 80);
    expect(changes[0]).toEqual([expect.closeTo(5, -1), true]);
    expect(changes.length).toBeGreaterThan(3);
    expect(changes.length).toBeLessThan(20);
    expect(late).toBeLessThan(6_000);
  });

  it('is in full again when there is less to do', () => {
    const { changes } = watch(120, (at) => (at < 20_000 ? 80 : 10));
    expect(changes.at(-1)![1]).toBe(false);
    expect(changes.at(-1)![0]).toBeLessThan(60);
  });
});
