import { describe, expect, it } from 'vitest';
import { compilePattern } from './pattern.ts';

function fits(source: string, text: string): boolean {
  const pattern = compilePattern(source);
  if (typeof pattern === 'string') throw new Error(pattern);
  let state: string | undefined = pattern.start;
  for (const character of text) {
    state = pattern.next(state, character);
    if (state === undefined) return false;
  }
  return pattern.accepts(state);
}

describe('a pattern', () => {
  it('takes what the regular expression of the language takes', () => {
    const sources = [
      'SN-\\d{3}',
      'a*b+c?',
      '(ab|cd){1,2}e',
      '[A-F0-9]{2,}',
      '[^0-9]x',
      '(a|b)*',
      'x{0,2}y',
      '号\\w.',
      '-[a\\-z.]',
    ];
    const texts = [
      'SN-123',
      'SN-12',
      'b',
      'aabbc',
      'c',
      'abcde',
      'abe',
      'ababe',
      'e',
      '0F',
      'F',
      'qx',
      '1x',
      '',
      'abba',
      'xxy',
      'xxxy',
      '号A1',
      '--',
      '-.',
      '-b',
    ];
    for (const source of sources)
      for (const text of texts)
        expect(`${source} ${text} ${fits(source, text)}`).toBe(
          `${source} ${text} ${new RegExp(`^(?:${source})$`).test(text)}`,
        );
  });

  it('is refused with a reason where it is broken, or needs what is not known', () => {
    for (const source of ['(a', 'a)', '[a', 'a{3,1}', '*a', '\\', '(?=a)', '(a)\\1', '', '((a{999}){999}){999}'])
      expect(typeof compilePattern(source), source).toBe('string');
  });
});
