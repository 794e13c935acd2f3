import { expect, it } from 'vitest';
import { settingFields } from './setting-fields.ts';

it('makes fields of plain settings, and leaves out what is set on a picture', () => {
  const { usual, rare } = settingFields({
    properties: {
      light: { type: 'string', enum: ['even', 'none'], default: 'even' },
      tile: { anyOf: [{ type: 'integer', minimum: 64, maximum: 512 }, { type: 'null' }], default: null },
      region: { type: 'object', properties: {} },
      bank: { type: 'integer', default: 1500 },
    },
  });
  expect(usual.map(({ name, kind }) => [name, kind])).toEqual([
    ['light', 'choice'],
    ['tile', 'number'],
  ]);
  expect(usual[1]).toMatchObject({ minimum: 64, maximum: 512, whole: true });
  expect(rare.map(({ name }) => name)).toEqual(['bank']);
});
