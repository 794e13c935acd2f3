import { describe, expect, it } from 'vitest';
import { anchorText, parseAnchor } from './anchor.ts';

const hash = 'ab'.repeat(32);
const anchor = { sequence: 1204, hash };

describe('parseAnchor', () => {
  it('reads back what it writes', () => expect(parseAnchor(anchorText(anchor))).toEqual(anchor));
  it('reads what the command line prints as JSON', () => expect(parseAnchor(JSON.stringify(anchor))).toEqual(anchor));
  it('reads the two in any order and case', () => expect(parseAnchor(`${hash.toUpperCase()}\n#1204`)).toEqual(anchor));
  it('refuses text without both', () => {
    expect(parseAnchor('1204')).toBeUndefined();
    expect(parseAnchor(hash)).toBeUndefined();
    expect(parseAnchor(`1204 ${hash.slice(1)}`)).toBeUndefined();
  });
});
