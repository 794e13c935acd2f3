import { drawPart, imagingErrors } from '@millwright/imaging';
import { expect, it } from 'vitest';
import type { PartPicture } from '../kinds/inspection.ts';
import { lookThrough } from './look-through.ts';

const part = (name: string, seed: number, group = name): PartPicture => ({
  ...{ name, group, read: async () => drawPart(seed).picture },
});

it('keeps what shows the same together, and lists what cannot be read', async () => {
  const pictures = [
    ...Array.from({ length: 8 }, (_, at) => part(`part ${at}`, at)),
    part('part 3 again', 3, 'lot 9'),
    part('of lot 9', 30, 'lot 9'),
    { ...part('gone', 0), read: () => Promise.reject(imagingErrors.IMAGING_PICTURE_MISSING({ path: 'gone' })) },
  ];
  const work = { signal: new AbortController().signal, progress: () => undefined };
  const { sound, leftOut, alike } = await lookThrough(pictures, work);
  expect(alike).toEqual([['part 3', 'part 3 again']]);
  expect(leftOut).toMatchObject([{ name: 'gone', reason: { code: 'manuvision-data.unreadable' } }]);
  const groups = new Map(sound.map(({ name, group }) => [name, group]));
  expect(groups.size).toBe(10);
  // With the copy the whole lot comes to the part.
  expect([groups.get('part 3 again'), groups.get('of lot 9')]).toEqual(['part 3', 'part 3']);
});
