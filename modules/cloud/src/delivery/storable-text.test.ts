import { expect, it } from 'vitest';
import { storableJson, storableText } from './storable-text.ts';

it('shows what no text column holds as a symbol, and mends halves of characters', () => {
  expect(storableText('a\0b')).toBe('a␀b');
  expect(storableText('🙂', 1)).toBe('�');
});

it('writes JSON without the escapes that jsonb refuses', () => {
  const note = { code: 'x', values: { raw: '\0\ud800', deep: ['\0'] }, text: 'is \0' };
  expect(JSON.parse(storableJson(note))).toEqual({ code: 'x', values: { raw: '␀�', deep: ['␀'] }, text: 'is ␀' });
});
