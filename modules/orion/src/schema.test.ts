import { createTestDatabase, expectSchemaToMatch } from '@millwright/testkit';
import { it } from 'vitest';
import * as monitoring from './monitoring/schema.ts';
import * as schema from './schema.ts';

it('the drizzle schema is what the migrations make', async () => {
  const test = await createTestDatabase([{ module: 'orion', folder: new URL('../migrations/', import.meta.url) }]);
  await expectSchemaToMatch(test.db, { ...schema, ...monitoring }).finally(() => test.cleanup());
});
