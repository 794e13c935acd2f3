import { existsSync } from 'node:fs';
import { expect, it } from 'vitest';
import { decoders, outputSchema } from './registry.ts';

it('has every decoder in a folder of its own with a test, and its options in the schema of cards', () => {
  const inSchema = outputSchema.options.map(({ shape }) => shape.family.value);
  expect(inSchema.toSorted()).toEqual(Object.keys(decoders).toSorted());
  for (const [family, { schema }] of Object.entries(decoders)) {
    expect(schema.shape.family.value).toBe(family);
    expect(existsSync(new URL(`./${family}/${family}.test.ts`, import.meta.url)), family).toBe(true);
  }
});
