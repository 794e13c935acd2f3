import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { PendingHistory } from './pending-history.ts';

it('starts again where an unfinished history began, also after a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millwright-pending-'));
  const first = new PendingHistory(folder);
  await first.begin(new Map([['a', 1000]]));
  expect((await first.begin(new Map([['a', 9000]]))).get('a')).toBe(1000);
  const restarted = new PendingHistory(folder);
  expect((await restarted.begin(new Map([['a', 9500]]))).get('a')).toBe(1000);
  await restarted.finish();
  expect((await restarted.begin(new Map([['a', 9900]]))).get('a')).toBe(9900);
});

it('begins anew when its file is damaged', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millwright-pending-'));
  await writeFile(join(folder, 'pending-history.json'), '{"a":');
  expect(await new PendingHistory(folder).begin(new Map([['a', 5]]))).toEqual(new Map([['a', 5]]));
});
