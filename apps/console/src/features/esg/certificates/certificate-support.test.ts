import { describe, expect, it } from 'vitest';
import type { Certificate } from '../types.ts';
import { supportOf } from './certificate-support.ts';

const statement = { vintage: 2025, year: 2025, document: { hash: 'a', name: 'b.pdf' } } as Certificate['statement'];

describe('supportOf', () => {
  it('asks for a document and the year of the consumption', () => {
    expect(supportOf({ statement, withdrawn: null })).toBe('supported');
    expect(supportOf({ statement: { ...statement, document: undefined }, withdrawn: null })).toBe('noDocument');
    expect(supportOf({ statement: { ...statement, vintage: 2023 }, withdrawn: null })).toBe('vintage');
  });
  it('says first that it was withdrawn', () =>
    expect(supportOf({ statement, withdrawn: { at: '', by: '', reason: '' } })).toBe('withdrawn'));
});
