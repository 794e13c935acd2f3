import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineErrors, errorKind } from './errors.ts';
import { defineNotes } from './notes.ts';
import { type Problem, problemsOf } from './problems.ts';

const toyNotes = defineNotes('toy', { 'not-soft': () => 'must be soft' });

const schema = z.strictObject({
  name: z.string().min(1),
  count: z.number().min(2).max(9),
  when: z.iso.datetime(),
  id: z.string().regex(/^\d+$/),
  kind: z.enum(['bear', 'car']),
  fur: z.string().refine((fur) => fur === 'soft', toyNotes['not-soft']().text),
  parts: z.array(z.object({ size: z.number() })).max(1),
});
const right = {
  ...{ name: 'Bo', count: 3, when: '2024-03-01T00:00:00Z', id: '7', kind: 'bear', fur: 'soft' },
  parts: [{ size: 1 }],
};
const found = (wrong: object): [string, string, string][] =>
  problemsOf(schema.safeParse({ ...right, ...wrong }).error!).map(({ path, code, text }) => [path, code, text]);

describe('what is wrong with what was sent', () => {
  it('is said with its place, a code and the values', () => {
    expect(found({ name: undefined })).toEqual([['name', 'invalid.missing', 'is missing']]);
    expect(found({ name: '' })).toEqual([['name', 'invalid.empty', 'must not be empty']]);
    expect(found({ count: 1 })).toEqual([['count', 'invalid.too-small', 'must be at least 2']]);
    expect(found({ count: 10 })).toEqual([['count', 'invalid.too-big', 'must be at most 9']]);
    expect(found({ count: 'two' })).toEqual([['count', 'invalid.type', 'must be number']]);
    expect(found({ when: 'soon' })).toEqual([['when', 'invalid.format', 'is not written as datetime']]);
    expect(found({ kind: 'cat' })).toEqual([['kind', 'invalid.choice', 'must be one of: bear, car']]);
    expect(found({ colour: 1 })).toEqual([['', 'invalid.unknown-members', 'has members of no known meaning: colour']]);
    expect(found({ parts: [{}] })).toEqual([['parts.0.size', 'invalid.missing', 'is missing']]);
    expect(found({ parts: [{ size: 1 }, { size: 2 }] })[0]?.[2]).toBe('must have at most 1 entries');
    expect(found({ id: 'x' })[0]?.[1]).toBe('invalid.pattern');
  });

  it('keeps the code of a message that the schema brings itself', () =>
    expect(found({ fur: 'rough' })).toEqual([['fur', 'toy.not-soft', 'must be soft']]));

  it('stands with its place in the message of an error', () => {
    const errors = defineErrors('toy', {
      TOY_WRONG: errorKind<{ problems: Problem[] }>({
        ...{ status: 422, remedy: 'Mend it.' },
        message: ({ problems }) => `The toy is wrong: ${problems.join('; ')}.`,
      }),
    });
    const { error } = schema.safeParse({ ...right, count: 1, name: '' });
    expect(errors.TOY_WRONG({ problems: problemsOf(error!) }).message).toBe(
      'The toy is wrong: name: must not be empty; count: must be at least 2. Mend it.',
    );
  });
});
