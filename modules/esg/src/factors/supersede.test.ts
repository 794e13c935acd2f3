import { expect, it } from 'vitest';
import { builtInLibrary, findFactor } from './library.ts';
import { sameStatement, supersede } from './supersede.ts';

const old = findFactor(builtInLibrary, 'cn-grid-average-2023');
const { version: _, ...draft } = old;

it('makes a new version and keeps the old one as it was', () => {
  const before = structuredClone(old);
  const { superseded, current } = supersede(old, { ...draft, value: '0.5310', confirmed: true });
  expect(current).toMatchObject({ id: old.id, version: 2, value: '0.5310', supersedes: `${old.id}@1` });
  expect(superseded).toEqual({ ...before, supersededBy: `${old.id}@2` });
  expect(old).toEqual(before);
  expect(Object.isFrozen(current)).toBe(true);
});

it('starts at version 1 under another id', () => {
  expect(supersede(old, { ...draft, id: 'cn-grid-average-2023-corrected' }).current).toMatchObject({
    version: 1,
    supersedes: `${old.id}@1`,
  });
});

it('refuses a second successor, a copy and an invalid factor', () => {
  const { superseded } = supersede(old, { ...draft, value: '0.6' });
  const attempt = (from: typeof old, change: object) => () => supersede(from, { ...draft, ...change });
  expect(attempt(superseded, { value: '0.7' })).toThrow(expect.objectContaining({ code: 'ESG_FACTOR_SUPERSEDED' }));
  expect(attempt(old, {})).toThrow(expect.objectContaining({ code: 'ESG_FACTOR_UNCHANGED' }));
  expect(attempt(old, { value: '-1' })).toThrow(expect.objectContaining({ code: 'ESG_FACTOR_INVALID' }));
});

it('compares factors by what they state, not by the order of their fields', () => {
  expect(sameStatement(old, Object.fromEntries(Object.entries(old).reverse()) as typeof old)).toBe(true);
});
