import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EdgeSendOptions } from '@millwright/cloud';
import { newId } from '@millwright/kernel';
import { collectLogs } from '@millwright/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findAgain } from '../events/event-method.ts';
import { parseRules } from '../rules/rules-file.ts';
import type { FoundEvent } from '../runtime/watched-camera.ts';
import { chunkOfWalk, gateRule } from '../test-support/box-message.ts';
import { replay } from '../tracks/replay.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';
import { FindingSender } from './finding-sender.ts';

const at = Date.parse('2026-03-01T10:00:00Z');
const recording = { mode: 'event', preMs: 2000, postMs: 1000, days: 1, bytes: 1e9 } as const;
const rules = parseRules({ version: 1, rules: [gateRule] });
const cameraId = newId();
const runId = newId();

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'millwright-sender-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

interface Sent {
  readonly kind: string;
  // biome-ignore lint/suspicious/noExplicitAny: a test looks at single members of a message and says what they must be.
  readonly payload: any;
  readonly options: EdgeSendOptions;
  readonly files: Record<string, Uint8Array>;
}

/** A sender on `folder`, and what it handed over. */
function sender(offsetMs: number | null, fails = false) {
  const sent: Sent[] = [];
  const { logger } = collectLogs('error');
  const made = new FindingSender({
    ...{ folder, logger, clockOffsetMs: () => offsetMs },
    async send(kind, payload, options = {}) {
      if (fails) throw new Error('killed');
      const files: Record<string, Uint8Array> = {};
      for (const { name, path } of options.files ?? []) files[name] = await readFile(path);
      sent.push({ kind, payload, options, files });
      return newId();
    },
  });
  return { made, sent };
}

/** The event that the rule finds on the walk, and the walk. */
function walk() {
  const chunk = chunkOfWalk(at);
  const [event] = replay(decodeTracks(chunk.bytes), rules).events;
  const events: FoundEvent[] = [{ id: newId(), event: event!, width: 1000, height: 1000 }];
  return { chunk, events };
}
const found = (events: readonly FoundEvent[]) =>
  ({ type: 'found', runId, ruleVersion: 1, events, picture: Buffer.from('jpeg'), covered: undefined }) as const;

describe('what cameras of a box find', () => {
  it('is handed over in its order, and leaves nothing behind', async () => {
    const { made, sent } = sender(40);
    const { chunk, events } = walk();
    const clip = join(folder, 'clip.mp4');
    writeFileSync(clip, 'clip');
    made.take(cameraId, found(events), recording);
    made.take(cameraId, { type: 'chunk', runId, ruleVersion: 1, chunk }, recording);
    made.take(cameraId, { type: 'clip', clip: { eventIds: [events[0]!.id], path: clip, from: 1, to: 2 } }, recording);
    expect(made.unsent).toBe(4);
    await made.settled;
    expect(sent.map(({ kind, options, files }) => [kind, options.priority, Object.keys(files)])).toEqual([
      ['found', undefined, ['picture.jpg']],
      ['chunk', undefined, ['tracks.mwt']],
      ['clip', 'bulk', ['clip.mp4']],
    ]);
    // A clock that is right to a tenth of a second says what it says.
    expect(sent[0]!.payload.events).toEqual(events);
    expect([made.unsent, existsSync(clip), readdirSync(join(folder, 'outgoing'))]).toEqual([0, false, []]);
    expect(sender(0).made.left).toEqual([]);
  });

  it('is by the clock of the server where that of the box is off, and the rule finds it again on its tracks', async () => {
    const hours = 3 * 3_600_000;
    const { made, sent } = sender(hours);
    const { chunk, events } = walk();
    made.take(cameraId, found(events), recording);
    made.take(cameraId, { type: 'chunk', runId, ruleVersion: 1, chunk }, recording);
    const eventIds = [events[0]!.id];
    made.take(cameraId, { type: 'clip', clip: { eventIds, code: 'X', from: at, to: at + 9 } }, recording);
    await made.settled;
    const [event, tracks, clip] = sent;
    const [moved] = event!.payload.events;
    const own = events[0]!.event;
    expect([moved.event.at, moved.event.since]).toEqual([own.at + hours, own.since + hours]);
    expect(moved.event.crossing.to.time).toBe(own.crossing!.to.time + hours);
    // The agent places messages in time by itself, from the time of the box.
    expect([event!.options.time, tracks!.options.time]).toEqual([own.at, chunk.to]);
    expect([tracks!.payload.from, tracks!.payload.to]).toEqual([chunk.from + hours, chunk.to + hours]);
    expect([clip!.payload.from, clip!.payload.to]).toEqual([at + hours, at + 9 + hours]);
    const again = findAgain(decodeTracks(tracks!.files['tracks.mwt']!), {
      ...{ rules, at: moved.event.at, tracks: moved.event.tracks },
    });
    expect(again).toEqual(moved.event);
  });

  it('has its clips cut after the box was killed, for as long as they are promised', async () => {
    const { events } = walk();
    const { id, event } = events[0]!;
    const killed = sender(0, true);
    killed.made.take(cameraId, found(events), recording);
    await killed.made.settled;
    const { made, sent } = sender(0);
    expect(made.left).toEqual([{ eventId: id, cameraId, from: event.since - 2000, to: event.at + 1000, shiftMs: 0 }]);
    made.clip(cameraId, { eventIds: [id], code: 'MEDIA_CLIP_EMPTY', from: event.at, to: event.at });
    await made.settled;
    expect(sent.map(({ kind, payload }) => [kind, payload.code])).toEqual([['clip', 'MEDIA_CLIP_EMPTY']]);
    expect(sender(0).made.left).toEqual([]);
  });

  it('promises no clip of a camera that records nothing', async () => {
    const { made } = sender(0);
    made.take(cameraId, found(walk().events), undefined);
    await made.settled;
    expect(sender(0).made.left).toEqual([]);
  });
});
