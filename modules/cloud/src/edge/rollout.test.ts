import { fixedClock } from '@millwright/kernel';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { shareOut } from './rollout-service.ts';
import { type Box, createEdgeHost, type EdgeHost } from './support/edge-host.ts';

const clock = fixedClock('2026-01-02T00:00:00Z');
let host: EdgeHost;
let boxes: Box[];
let run = 0;
beforeAll(async () => {
  host = await createEdgeHost({ clock });
});
afterAll(() => host.cleanup());

const revisionOf = async (box: Box): Promise<number> =>
  (await box.call('GET', '/api/cloud/edge/desired')).body.revision;
const documentOf = async (box: Box) => (await box.call('GET', '/api/cloud/edge/desired')).body.parts.toy.document;
const advance = () => host.cloud.edgeRollouts.advance();

/** Four boxes that run version 1 and are held back, while version 2 waits. */
beforeEach(async () => {
  run += 1;
  host.want({ version: 1, run });
  boxes = [];
  for (let n = 1; n <= 4; n += 1) boxes.push(await host.enrol(`box ${run}-${n}`));
  for (const box of boxes) {
    await box.report(await revisionOf(box));
    await host.call('PATCH', `/api/cloud/edge/boxes/${box.id}`, { body: { held: true } });
  }
  host.want({ version: 2, run });
});

async function start(settings: object = {}, percent = [25, 50, 100]) {
  const body = { name: `version 2 (${run})`, boxIds: boxes.map(({ id }) => id), percent, settings: { ...settings } };
  const { body: rollout, status } = await host.call('POST', '/api/cloud/edge/rollouts', { body });
  expect(status).toBe(201);
  return rollout;
}
const look = async (id: string) => {
  await advance();
  const { body } = await host.call('GET', `/api/cloud/edge/rollouts/${id}`);
  const states: string[] = body.boxes.map(({ state }: { state: string }) => state);
  return { ...body, states };
};
const versions = async () => {
  const documents: { version: number }[] = [];
  for (const box of boxes) documents.push(await documentOf(box));
  return documents.map(({ version }) => version);
};
const reportAll = async (which = boxes) => {
  for (const box of which) await box.report(await revisionOf(box));
};

it('boxes are shared out so that each stage has one at least', () => {
  const ten = Array.from({ length: 10 }, (_, at) => String(at));
  expect(shareOut(ten, [10, 50, 100]).map(({ length }) => length)).toEqual([1, 4, 5]);
  expect(shareOut(['a', 'b'], [10, 50, 100])).toEqual([['a'], ['b']]);
  expect(shareOut(['a'], [10, 50, 100])).toEqual([['a']]);
  expect(shareOut(ten, [100])).toEqual([ten]);
});

describe('a rollout', () => {
  it('begins a stage when the boxes of the one before have been well for a while, and says each step in the ledger', async () => {
    const rollout = await start({ soakSeconds: 300 });
    expect(await versions()).toEqual([2, 1, 1, 1]);
    await reportAll();
    expect((await look(rollout.id)).states).toEqual(['healthy', 'waiting', 'waiting', 'waiting']);
    clock.advance(299_000);
    expect((await look(rollout.id)).stage).toBe(1);
    clock.advance(1_000);
    expect(await look(rollout.id)).toMatchObject({ stage: 2, states: ['healthy', 'sent', 'waiting', 'waiting'] });
    for (let stage = 2; stage <= 3; stage += 1) {
      await reportAll();
      await look(rollout.id);
      clock.advance(300_000);
      await reportAll();
      await look(rollout.id);
    }
    expect(await look(rollout.id)).toMatchObject({ state: 'done', states: Array(4).fill('healthy') });
    expect(await versions()).toEqual([2, 2, 2, 2]);
    const { items } = (await host.call('GET', '/api/ledger/entries', { query: { subject: rollout.id, limit: 50 } }))
      .body;
    expect(items.map(({ type }: { type: string }) => type).reverse()).toEqual([
      ...[
        'cloud.edge-rollout-start',
        'cloud.edge-rollout-stage',
        'cloud.edge-rollout-stage',
        'cloud.edge-rollout-done',
      ],
    ]);
  });

  it('stops by itself when a box fails, and takes back what it brought', async () => {
    const rollout = await start({ soakSeconds: 0 });
    await reportAll();
    await look(rollout.id);
    expect(await versions()).toEqual([2, 2, 1, 1]);
    const revision = await revisionOf(boxes[1]!);
    await boxes[1]!.report(revision - 1, { error: { revision, message: 'no memory for the model' } });
    const failed = await look(rollout.id);
    expect(failed).toMatchObject({ state: 'failed', states: ['rolled-back', 'failed', 'waiting', 'waiting'] });
    expect(failed.reason).toMatchObject({ code: 'edge.box-error', values: { message: 'no memory for the model' } });
    expect(await versions()).toEqual([1, 1, 1, 1]);
    // A new revision each: nothing goes backwards.
    expect(await revisionOf(boxes[1]!)).toBe(revision + 1);
    clock.advance(3_600_000);
    await look(rollout.id);
    expect(await versions()).toEqual([1, 1, 1, 1]);
  });

  it('takes it for a failure when a part says that it does not work well, or a box in contact says nothing', async () => {
    const first = await start({ soakSeconds: 600 }, [25, 100]);
    await boxes[0]!.report(await revisionOf(boxes[0]!));
    expect((await look(first.id)).states[0]).toBe('healthy');
    await boxes[0]!.report(await revisionOf(boxes[0]!), { figures: { problem: '2 of 4 cameras are silent' } });
    expect((await look(first.id)).reason.values.message).toBe('2 of 4 cameras are silent');
    const second = await start({ patienceSeconds: 900 }, [25, 100]);
    clock.advance(60_000);
    await boxes[0]!.report((await revisionOf(boxes[0]!)) - 1);
    clock.advance(840_000);
    expect((await look(second.id)).reason.code).toBe('edge.too-slow');
  });

  it('does not wait for a box that is away, and lets as many fail as may', async () => {
    const rollout = await start({ soakSeconds: 0, mostFailed: 1 }, [50, 100]);
    const revision = await revisionOf(boxes[0]!);
    await boxes[0]!.report(revision - 1, { error: { revision, message: 'no' } });
    expect(await look(rollout.id)).toMatchObject({
      state: 'running',
      states: ['failed', 'sent', 'waiting', 'waiting'],
    });
    // The second box is not heard of.
    clock.advance(91_000);
    expect(await look(rollout.id)).toMatchObject({ stage: 2, states: ['failed', 'away', 'sent', 'sent'] });
    // Once it comes, it counts.
    await reportAll(boxes.slice(1));
    expect((await look(rollout.id)).states).toEqual(['failed', 'healthy', 'healthy', 'healthy']);
    expect((await look(rollout.id)).state).toBe('done');
  });

  it('waits when it is told to, goes on, and is taken back by hand, also when it is done', async () => {
    const rollout = await start({ soakSeconds: 0 }, [50, 100]);
    const step = (name: string) => host.call('POST', `/api/cloud/edge/rollouts/${rollout.id}/${name}`);
    await step('pause');
    await reportAll();
    expect(await look(rollout.id)).toMatchObject({ state: 'paused', stage: 1 });
    await step('resume');
    expect(await look(rollout.id)).toMatchObject({ stage: 2 });
    await reportAll();
    expect(await look(rollout.id)).toMatchObject({ state: 'done' });
    expect((await step('pause')).body.error.code).toBe('EDGE_ROLLOUT_ENDED');
    const { body } = await step('rollback');
    expect(body).toMatchObject({ state: 'rolled-back', reason: { code: 'edge.by-hand' } });
    expect(await versions()).toEqual([1, 1, 1, 1]);
  });

  it('is not begun where nothing waits, or while another one is about the same box', async () => {
    const rollout = await start({});
    const body = { name: 'again', boxIds: [boxes[0]!.id] };
    expect((await host.call('POST', '/api/cloud/edge/rollouts', { body })).body.error.code).toBe('EDGE_ROLLOUT_BUSY');
    await host.call('POST', `/api/cloud/edge/rollouts/${rollout.id}/rollback`);
    host.want({ version: 1, run });
    expect((await host.call('POST', '/api/cloud/edge/rollouts', { body })).body.error.code).toBe('EDGE_ROLLOUT_EMPTY');
  });
});
