import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EdgePart } from '@millwright/cloud';
import { cloudModule } from '@millwright/cloud/server';
import { fixedClock, newId } from '@millwright/kernel';
import { createRules, encodeTracks, type Observation, parseRules, quantiseObservation } from '@millwright/matrixvision';
import { FindingSender } from '@millwright/matrixvision/edge';
import { matrixvisionModule } from '@millwright/matrixvision/server';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runEdge } from '../src/run-edge.ts';
import { eventually } from './support/processes.ts';

const minute = 60_000;
const hour = 60 * minute;
/** Somebody crosses every twenty minutes. */
const everyMs = 20 * minute;
const crossings = (24 * hour) / everyMs;
const clipBytes = 40_000;
/** The clock of the box is wrong by this much, and nobody sets it. */
const behindMs = 3 * hour;
/** Room for the clips of about half of the day beside everything else. */
const budgetBytes = 2_000_000;

const rules = parseRules({
  version: 1,
  rules: [
    {
      ...{ id: 'gate', kind: 'line-crossing', name: 'Gate', classes: ['person'] },
      line: [
        [0.5, 0],
        [0.5, 1],
      ],
    },
  ],
});
const recording = { mode: 'event', preMs: 2000, postMs: 2000, days: 1, bytes: 1e9 } as const;

/** A person who walks over the line within four seconds, and what the rule says of it. */
function walk(start: number) {
  const observations: Observation[] = Array.from({ length: 40 }, (_, index) => {
    const box = { x: 100 + index * 12, y: 120, width: 40, height: 100 };
    const person = { track: 1, box, score: 0.9, label: 'person', state: 'seen', rejoined: false } as const;
    return quantiseObservation({ time: start + index * 100, width: 640, height: 360, objects: [person] });
  });
  const engine = createRules(rules);
  const events = observations.flatMap((observation) => engine.observe(observation));
  const chunk = { from: start, to: start + 4000, bytes: encodeTracks(observations), observations: 40, tracks: 1 };
  return { events: events.map((event) => ({ id: newId(), event, width: 640, height: 360 })), chunk };
}

const dayStart = Date.parse('2026-03-01T00:00:00Z');
const serverClock = fixedClock(new Date(dayStart).toISOString());
const folder = mkdtempSync(join(tmpdir(), 'millwright-day-'));
let test: TestHost;
let url: string;
beforeAll(async () => {
  test = await createTestHost({ modules: [cloudModule, matrixvisionModule], clock: serverClock });
  url = await test.assembly.app.listen({ port: 0, host: '127.0.0.1' });
}, 60_000);
afterAll(async () => {
  // The agent keeps connections open for its next question.
  test?.assembly.app.server.closeAllConnections();
  await test?.cleanup();
  rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
});

interface StoredEvent {
  readonly id: string;
  readonly at: string;
  readonly clipState: 'pending' | 'ready' | 'none';
  readonly clipReason: string | null;
  readonly hasPicture: boolean;
  readonly findingId: string | null;
  readonly proofMissing: string | null;
}

/** A machine whose clock and uptime the test moves. */
function simulated(startedAt: number) {
  const clock = fixedClock(new Date(startedAt).toISOString());
  let uptime = 1_000_000;
  return {
    ...{ clock, machine: { boot: 'one boot', uptimeMs: () => uptime } },
    advance(ms: number) {
      clock.advance(ms);
      uptime += ms;
    },
  };
}

/** The part that runs cameras, with a hand in place of its analysis. */
function cameraPart() {
  let sender: FindingSender | undefined;
  const part: EdgePart = {
    ...{ name: 'matrixvision', boxFields: [] },
    async start(context) {
      sender = new FindingSender(context);
      return { apply: async () => undefined, report: () => ({}), stop: async () => sender?.settled };
    },
  };
  return { part, sender: () => sender! };
}

describe('a day of a camera without the server', () => {
  it('arrives whole, in order and proven; of the clips the oldest give way to the budget, and say so', async () => {
    const { id: siteId } = (
      await test.call('POST', '/api/cloud/nodes', { body: { kind: 'site', name: 'Works', parentId: null } })
    ).body;
    const invited = (await test.call('POST', '/api/cloud/edge/boxes', { body: { siteId, name: 'gate' } })).body;
    const boxId: string = invited.box.id;
    const settings = { source: { type: 'stream', url: 'rtsp://198.51.100.7/gate' } };
    const camera = { siteId, boxId, name: 'Gate', settings };
    const { id: cameraId } = (await test.call('POST', '/api/matrixvision/cameras', { body: camera })).body;
    await test.call('PUT', `/api/matrixvision/cameras/${cameraId}/rules`, { body: rules });

    const machine = simulated(dayStart - behindMs);
    const { part, sender } = cameraPart();
    const timing = { reportMs: 200, retryFirstMs: 20, retryMostMs: 200, pollSeconds: 5 };
    const start = async (server: string) => {
      const stop = new AbortController();
      let ended: Promise<unknown> | undefined;
      await new Promise<void>((resolve, reject) => {
        ended = runEdge({
          ...{ server, code: invited.code, data: join(folder, 'box'), mqtt: 'off', parts: [part], logLevel: 'silent' },
          ...{ timing, budgetBytes, minimumFreeBytes: 0, signal: stop.signal, onReady: () => resolve(), ...machine },
        });
        ended.catch(reject);
      });
      return async () => {
        stop.abort();
        await ended;
      };
    };
    const stopFirst = await start(url);
    await stopFirst();
    const stopAway = await start('http://127.0.0.1:9');
    const promised: { id: string; at: number }[] = [];
    for (let number = 0; number < crossings; number += 1) {
      machine.advance(everyMs);
      const at = machine.clock.now().getTime();
      const { events, chunk } = walk(at);
      expect(events).toHaveLength(1);
      const [{ id, event }] = events as [(typeof events)[number]];
      promised.push({ id, at: event.at + behindMs });
      const picture = Buffer.alloc(2_000, `picture ${number} `);
      const found = { type: 'found', runId: newId(), ruleVersion: 1, events, picture, covered: undefined } as const;
      sender().take(cameraId, found, recording);
      sender().take(cameraId, { type: 'chunk', runId: found.runId, ruleVersion: 1, chunk }, recording);
      const path = join(folder, `${number}.mp4`);
      writeFileSync(path, Buffer.alloc(clipBytes, `clip ${number} `));
      sender().take(cameraId, { type: 'clip', clip: { eventIds: [id], path, from: at, to: at + 4000 } }, recording);
      await sender().settled;
    }
    await stopAway();
    machine.advance(minute);
    serverClock.advance(24 * hour + minute);
    const stopBack = await start(url);
    const stored: StoredEvent[] = await eventually(
      'the day to arrive',
      async () => {
        const query = { camera: cameraId, limit: 500 };
        const { items } = (await test.call('GET', '/api/matrixvision/events', { query })).body;
        const isWhole = (one: StoredEvent) => one.clipState !== 'pending' && (one.findingId || one.proofMissing);
        return items.length === crossings && items.every(isWhole) && items.reverse();
      },
      120_000,
    );
    const detail = (await test.call('GET', `/api/cloud/edge/boxes/${boxId}`)).body;
    const report = await eventually('a report after it', async () => {
      const { box } = (await test.call('GET', `/api/cloud/edge/boxes/${boxId}`)).body;
      return box.report?.health.outbox.waiting === 0 && box.report;
    });
    await stopBack();

    // Once each, in order, and at the server's time of what happened.
    expect(stored.map(({ id, at }) => ({ id, at: Date.parse(at) }))).toEqual(promised);
    expect([detail.holes, detail.asides]).toEqual([[], []]);
    const givenUp = stored.findIndex(({ clipState }) => clipState === 'ready');
    expect(givenUp).toBeGreaterThan(10);
    expect(givenUp).toBeLessThan(crossings - 10);
    expect(stored.map(({ clipState, clipReason }) => clipReason ?? clipState)).toEqual(
      promised.map((_, index) => (index < givenUp ? 'given-up' : 'ready')),
    );
    expect(report.health.outbox).toMatchObject({ droppedFiles: givenUp, droppedMessages: 0, budgetBytes });
    expect(stored.every(({ hasPicture, findingId }) => hasPicture && findingId !== null)).toBe(true);
    for (const { findingId } of [stored[0]!, stored[givenUp]!, stored.at(-1)!]) {
      const verified = await test.call('POST', `/api/ledger/entries/${findingId}/verify`);
      expect(verified.body.status).toBe('proved');
    }
    const span = { from: new Date(dayStart).toISOString(), to: new Date(dayStart + 25 * hour).toISOString() };
    const query = { camera: cameraId, ...span, bucketMinutes: 60 };
    const counts = (await test.call('GET', '/api/matrixvision/crossings/counts', { query })).body.items;
    expect(counts.reduce((sum: number, row: { in: number; out: number }) => sum + row.in + row.out, 0)).toBe(crossings);
    expect(counts).toHaveLength(25);
  }, 240_000);
});
