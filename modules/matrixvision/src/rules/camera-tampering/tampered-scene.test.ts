import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CameraHealthMonitor, openVideo } from '@millwright/media';
import { type PersonInScene, renderScene, type SceneDefinition, walkwayStage } from '@millwright/testkit/scene';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createRules } from '../engine.ts';
import type { RuleEvent } from '../rule.ts';
import { parseRules } from '../rules-file.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-tampered-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const walker: PersonInScene = {
  ...{ kind: 'person', seed: 3, vest: true, hat: true },
  path: Array.from({ length: 28 }, (_, at) => ({ at: at * 5, x: at % 2 === 0 ? -2.6 : 2.6, z: 6.7 })),
};
const scene: SceneDefinition = {
  ...{ width: 384, height: 216, frameRate: 4, seconds: 134, seed: 9, stage: walkwayStage() },
  actors: [walker],
};
const tampering: SceneDefinition['tampering'] = [
  { kind: 'black', from: 12, until: 22 },
  { kind: 'covered', from: 32, until: 42 },
  { kind: 'turned', from: 52, until: 62 },
  { kind: 'defocused', from: 72, until: 82 },
  { kind: 'frozen', from: 92, until: 130 },
];
const rule = { id: 'camera', kind: 'camera-tampering', dwell: 2, cooldown: 0 };

/** From the pictures of a file to the events of the rule, as a camera's analysis does it. */
async function eventsOf(definition: SceneDefinition): Promise<RuleEvent[]> {
  const path = join(folder, 'scene.mp4');
  await renderScene(definition, { out: path });
  const monitor = new CameraHealthMonitor();
  const engine = createRules(parseRules({ version: 1, rules: [rule] }));
  const video = await openVideo({ url: path, every: { perSecond: 2 } });
  const events: RuleEvent[] = [];
  for await (const { look, mediaTime: time, width, height } of video.frames())
    events.push(...engine.observe({ time, width, height, objects: [], health: monitor.take(look, time) }));
  return events;
}

it('a camera that goes black, is covered, turned away, loses its focus or freezes is an event each time', async () => {
  const events = await eventsOf({ ...scene, tampering });
  expect(events.map(({ values }) => values.health)).toEqual(tampering.map(({ kind }) => kind));
  events.forEach(({ at }, index) => {
    const { from, until } = tampering[index]!;
    expect(at / 1000).toBeGreaterThan(from);
    expect(at / 1000).toBeLessThan(until + 2);
  });
}, 120_000);

it('and somebody who walks through its picture all the while is none', async () => {
  expect(await eventsOf(scene)).toEqual([]);
}, 120_000);
