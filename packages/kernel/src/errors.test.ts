import { describe, expect, it } from 'vitest';
import { defineErrors, errorCatalogue, errorKind, isMillwrightError, MillwrightError } from './index.ts';

const toyErrors = defineErrors('toy', {
  TOY_BROKEN: errorKind<{ name: string }>({
    status: 422,
    message: ({ name }) => `The toy ${name} is broken.`,
    remedy: 'Glue it.',
  }),
});

describe('an error of the catalogue', () => {
  it('says what was wrong and what to do, and carries the facts', () => {
    const error = toyErrors.TOY_BROKEN({ name: 'bear' });
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({
      code: 'TOY_BROKEN',
      status: 422,
      message: 'The toy bear is broken. Glue it.',
      details: { name: 'bear' },
    });
  });

  it('keeps its cause, and has none when it was given none', () => {
    const cause = new Error('dropped');
    expect(toyErrors.TOY_BROKEN({ name: 'bear' }, cause).cause).toBe(cause);
    expect('cause' in toyErrors.TOY_BROKEN({ name: 'bear' })).toBe(false);
  });

  it('is told from every other error', () => {
    expect(isMillwrightError(toyErrors.TOY_BROKEN({ name: 'bear' }))).toBe(true);
    expect(isMillwrightError(new Error('TOY_BROKEN'))).toBe(false);
    expect(isMillwrightError(undefined)).toBe(false);
  });

  it('stands in the catalogue once', () => {
    expect(errorCatalogue()).toContainEqual(
      expect.objectContaining({ code: 'TOY_BROKEN', area: 'toy', status: 422, remedy: 'Glue it.' }),
    );
    const again = () =>
      defineErrors('toy', { TOY_BROKEN: errorKind<object>({ status: 400, message: () => '', remedy: '' }) });
    expect(again).toThrow('error code TOY_BROKEN is defined twice');
  });

  it('shows no more of itself than code, status, message and details', () => {
    expect(Object.keys(new MillwrightError('A', 400, 'a', {})).sort()).toEqual(['code', 'details', 'name', 'status']);
  });
});
