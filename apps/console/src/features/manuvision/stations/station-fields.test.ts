import { expect, it } from 'vitest';
import type { Station } from '../types.ts';
import { fieldsOf, settingsOf } from './station-fields.ts';

const fresh = { name: 'Caps', version: 3 };

it('a station goes through the form and comes out as it was', () => {
  const keep = { rejected: true, refused: false, passed: 0.07, near: 0.07, first: 5, days: 30, megabytes: 500 };
  const station = { name: 'Line 1', folder: '/data/line-1', keep } as Station;
  const fields = fieldsOf(station, fresh);
  expect(fields.keep).toMatchObject({ passed: 7, near: 7 });
  expect(settingsOf(fields)).toEqual({ name: 'Line 1', version: 3, folder: '/data/line-1', keep });
});

it('a new one begins with the usual rules, and what is emptied is none', () => {
  const fields = fieldsOf(undefined, fresh);
  expect(fields.keep).toMatchObject({ rejected: true, passed: 1, near: null });
  const emptied = { ...fields.keep, near: null, days: undefined as unknown as null };
  expect(settingsOf({ ...fields, folder: ' ', keep: emptied })).toMatchObject({
    ...{ name: 'Caps', folder: null },
    keep: { passed: 0.01, near: null, first: null, days: null, megabytes: null },
  });
});
