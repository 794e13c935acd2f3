import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { type JudgedPart, keepRules, keptBy } from './keep-rules.ts';

const hash = 'f'.repeat(64);
const passed: JudgedPart = { verdict: 'ok', score: 0.5, threshold: 1, hash, place: 5 };
const rejected: JudgedPart = { ...passed, verdict: 'ng', score: 2 };
const rules = (given: object) => keepRules.parse(given);

it('keeps what was rejected or refused, unless it is told not to', () => {
  expect(keptBy(rules({}), rejected)).toBe('rejected');
  expect(keptBy(rules({ rejected: false }), rejected)).toBeNull();
  expect(keptBy(rules({}), { ...passed, verdict: 'refused', score: null })).toBe('refused');
  expect(keptBy(rules({ refused: false }), { ...passed, verdict: 'refused', score: null })).toBeNull();
});

it('keeps a share of what passed, the same pictures whoever draws', () => {
  const hashes = Array.from({ length: 2_000 }, (_, n) => createHash('sha256').update(`${n}`).digest('hex'));
  const kept = hashes.filter((one) => keptBy(rules({ passed: 0.1 }), { ...passed, hash: one }) === 'passed');
  // Binomial: 200 expected, 13.4 standard deviation.
  expect(kept.length).toBeGreaterThan(150);
  expect(kept.length).toBeLessThan(250);
  expect(hashes.filter((one) => keptBy(rules({ passed: 0 }), { ...passed, hash: one }))).toEqual([]);
  expect(hashes.every((one) => keptBy(rules({ passed: 1 }), { ...passed, hash: one }))).toBe(true);
});

it('keeps what is near the threshold on either side, where there is one', () => {
  const near = rules({ near: 0.1, rejected: false, passed: 0 });
  expect(keptBy(near, { ...passed, score: 0.9 })).toBe('near');
  expect(keptBy(near, { ...passed, score: 0.89 })).toBeNull();
  expect(keptBy(near, { ...rejected, score: 1.09 })).toBe('near');
  expect(keptBy(near, { ...rejected, score: 1.11 })).toBeNull();
  // Scores below zero, as of a logarithm.
  expect(keptBy(near, { ...passed, score: -10.5, threshold: -10 })).toBe('near');
  expect(keptBy(near, { ...passed, score: null })).toBeNull();
  expect(keptBy(near, { ...passed, threshold: null })).toBeNull();
});

it('keeps the first ones', () => {
  const first = rules({ first: 3, passed: 0 });
  expect([1, 3, 4].map((place) => keptBy(first, { ...passed, place }))).toEqual(['first', 'first', null]);
});

it('refuses rules that cannot be meant', () => {
  for (const wrong of [{ passed: 1.2 }, { near: -0.1 }, { first: 0 }, { days: 0 }, { megabytes: 0 }, { all: true }])
    expect(keepRules.safeParse(wrong).success, JSON.stringify(wrong)).toBe(false);
});
