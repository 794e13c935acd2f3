import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EdgeContext } from '@millwright/cloud';
import { fixedClock } from '@millwright/kernel';
import { expect, it } from 'vitest';
import { keepRules } from '../stations/keep/keep-rules.ts';
import type { Judged } from '../work/messages.ts';
import type { BoxStation, BoxVerdict } from './contract.ts';
import { VerdictSender } from './verdict-sender.ts';

it('keeps the first pictures of a lot, or of the day where none is open, also over a restart', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'millwright-sender-'));
  const kept: (string | null)[] = [];
  const context = {
    ...{ folder, clock: fixedClock(new Date('2026-11-27T08:00:00Z')), box: { timezone: 'UTC' } },
    send: async (_kind: string, payload: BoxVerdict) => void kept.push(payload.keptBy),
  } as unknown as EdgeContext;
  const keep = keepRules.parse({ first: 1, passed: 0 });
  const judged = { verdict: 'ok', score: 1, threshold: 2, boxes: [], heatmap: null } as unknown as Judged;
  const send = (sender: VerdictSender, lot: string | null) =>
    sender.send({ id: 'one', keep, lot } as BoxStation, { name: 'a.png', content: Buffer.from('a') }, judged, 1);
  const sender = new VerdictSender(context);
  for (const lot of [null, null, 'lot 1', 'lot 1']) await send(sender, lot);
  const again = new VerdictSender(context);
  for (const lot of ['lot 1', 'lot 2']) await send(again, lot);
  expect(kept).toEqual(['first', null, 'first', null, null, 'first']);
  await rm(folder, { recursive: true });
});
