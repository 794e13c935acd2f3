import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderScene, truthOf } from '@millwright/testkit/scene';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parseMotRows } from '../mot/mot-rows.ts';
import { walkwayScene as definition, walkwayRules as rules } from '../test-support/test-walkway.ts';
import { analyseVideo, type VideoAnalysis } from './analyse-video.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-scene-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let rendered: Awaited<ReturnType<typeof renderScene>>;
let analysis: VideoAnalysis;
beforeAll(async () => {
  const out = join(folder, 'scene.mp4');
  rendered = await renderScene(definition, { out });
  analysis = await analyseVideo({
    ...{
      parts: [{ path: out, startTime: 0 }],
      model: 'centernet',
      models: join(folder, 'models'),
      every: 2,
      labels: ['person'],
      rules,
      threads: 1,
    },
    ...{ signal: new AbortController().signal, progress: () => undefined },
  });
}, 120_000);

it('counts who crosses a line exactly as it truly was, with times', () => {
  const { middle } = truthOf(rendered.scene, rules.rules);
  expect([middle!.in, middle!.out]).toEqual([1, 1]);
  expect(analysis.counts.middle).toEqual({ in: 1, out: 1, unconfirmedIn: 0, unconfirmedOut: 0 });
  const crossings = analysis.events.filter(({ rule }) => rule === 'middle');
  expect(crossings.map(({ crossing }) => crossing!.direction)).toEqual(
    middle!.crossings.map(({ direction }) => direction),
  );
  for (const [index, { at }] of crossings.entries())
    expect(Math.abs(at / 1000 - middle!.crossings[index]!.at)).toBeLessThan(0.5);
});

it('counts who comes into a zone exactly as it truly was', () => {
  const zone = truthOf(rendered.scene, rules.rules)['right-end']!;
  expect(zone.entries).toBe(2);
  expect(analysis.counts['right-end']).toEqual({ entries: 2 });
});

it('follows the people whom the scene shows, where they are', () => {
  const truth = parseMotRows(rendered.truth, 'gt.txt').filter(({ confidence }) => confidence > 0);
  const found = truth.filter(({ frame, box }) =>
    analysis.tracks.some(({ boxes }) =>
      boxes.some(
        ({ index, box: seen }) =>
          index === frame - 1 &&
          Math.abs(seen.x + seen.width / 2 - box.x - box.width / 2) < box.width / 2 &&
          Math.abs(seen.y + seen.height - box.y - box.height) < box.height / 5,
      ),
    ),
  );
  expect(truth.length).toBeGreaterThan(100);
  expect(found.length / truth.length).toBeGreaterThan(0.8);
  expect(analysis.tracks).toHaveLength(2);
});
