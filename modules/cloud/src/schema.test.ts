import { createTestDatabase, expectSchemaToMatch } from '@millwright/testkit';
import { it } from 'vitest';
import * as alerts from './alerts/schema.ts';
import * as models from './models/schema.ts';
import * as schema from './schema.ts';
import * as orders from './work-orders/schema.ts';

it('the drizzle schema is what the migrations make', async () => {
  const test = await createTestDatabase([{ module: 'cloud', folder: new URL('../migrations/', import.meta.url) }]);
  const tables = { ...schema, ...alerts, ...models, ...orders };
  await expectSchemaToMatch(test.db, tables).finally(() => test.cleanup());
});
