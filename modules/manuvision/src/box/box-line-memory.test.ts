import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fixedClock } from '@millwright/kernel';
import { expect, it } from 'vitest';
import type { FaultRow } from '../schema.ts';
import { BoxLineMemory } from './box-line-memory.ts';

it('knows the last number after a power failure, and tells the end of a fault that nobody could end', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millwright-line-memory-'));
  const sent: unknown[] = [];
  const send = async (kind: string, payload: unknown, options?: object) => {
    sent.push([kind, payload, options]);
    return 'sent';
  };
  const clock = fixedClock('2026-11-27T08:00:00Z');
  const memory = () => new BoxLineMemory({ folder, clock, send });
  const at = clock.now();
  const fault: FaultRow = {
    ...{ id: 'fault', station_id: 'one', at, code: 'NO_PICTURE', part_id: 'A', result_id: 8, ended_at: null },
    reset_by: null,
  };
  const first = memory();
  expect(await first.lastResultId('one')).toBe(0);
  await first.keepResultId('one', 7);
  await first.insertFault(fault);
  clock.advance(60_000);
  const second = memory();
  expect(await second.lastResultId('one')).toBe(8);
  expect(await memory().lastResultId('one')).toBe(8);
  expect(sent).toEqual([
    ['fault', { stationId: 'one', code: 'NO_PICTURE', partId: 'A', resultId: 8 }, { id: 'fault', time: at.getTime() }],
    ['fault-end', { stationId: 'one', faultId: 'fault', resetBy: null }, { time: at.getTime() + 60_000 }],
  ]);
  await rm(folder, { recursive: true });
});
