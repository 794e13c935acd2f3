import { mkdtempSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { renderScene, type SceneDefinition, walkwayStage } from '@millwright/testkit/scene';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { teach } from '../attributes/teaching/teach.ts';
import { renderedExamples } from '../attributes/test-support/rendered.ts';
import { type Analysed, runAnalyse, verifyAnalysis } from '../test-support/run-analyse.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';

const folder = mkdtempSync(join(tmpdir(), 'millwright-look-again-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

/** Somebody who works, a parcel that is put down, and a camera that goes black for a while at the end. */
const scene: SceneDefinition = {
  ...{ width: 512, height: 288, frameRate: 4, seconds: 40, seed: 9, stage: walkwayStage() },
  actors: [
    {
      ...{ kind: 'person', seed: 31, vest: true, hat: true },
      path: [
        { at: 0, x: -2, z: 6.7, doing: 'work' },
        { at: 40, x: -2, z: 6.7 },
      ],
    },
    {
      kind: 'parcel',
      path: [
        { at: 0, x: 30, z: 5 },
        { at: 6, x: 30, z: 5 },
        { at: 6.2, x: 1.8, z: 5 },
        { at: 40, x: 1.8, z: 5 },
      ],
    },
  ],
  tampering: [{ kind: 'black', from: 28, until: 40 }],
};
const rules = [
  { id: 'camera', kind: 'camera-tampering', dwell: 2 },
  { id: 'left', kind: 'object-left', dwell: 4 },
  { id: 'down', kind: 'person-down' },
  { id: 'hats', kind: 'equipment-missing', attribute: 'hard hat' },
  { id: 'vests', kind: 'equipment-missing', attribute: 'vest' },
  { id: 'forklifts', kind: 'occupancy', classes: ['forklift'], limit: 1 },
  { id: 'people', kind: 'occupancy', classes: ['worker', 'person'], limit: 1 },
];

let answer: Analysed;
const notes: string[] = [];
beforeAll(async () => {
  await renderScene(scene, { out: at('scene.mp4') });
  const { model } = teach({ name: 'hard hat', part: 'head', seed: 1, examples: renderedExamples(12) });
  await writeFile(at('hard-hat.json'), JSON.stringify(model));
  answer = await runAnalyse(
    at('scene.mp4'),
    {
      ...{ out: at('out'), every: '2', rules: JSON.stringify({ version: 1, rules }) },
      attributes: at('hard-hat.json'),
    },
    { note: (text: string) => notes.push(text) },
  );
}, 180_000);

const of = (rule: string) => answer.events.filter((event) => event.rule === rule);

it('a file tells of its camera, and of things put down, as a camera does', () => {
  expect(of('camera')).toHaveLength(1);
  expect(of('camera')[0]!.at).toBeGreaterThan(28);
  expect(of('camera')[0]!.at).toBeLessThan(37);
  expect(of('left').length).toBeGreaterThanOrEqual(1);
  expect(of('left')[0]!.at).toBeGreaterThan(9);
  expect(of('left')[0]!.at).toBeLessThan(28);
});

it('poses and what was taught are kept with the tracks, so that they can be counted again', async () => {
  const observations = [...decodeTracks(await readFile(at('out/tracks.mwt')))];
  const people = observations.flatMap(({ objects }) => objects.filter(({ label }) => label === 'person'));
  expect(people.some(({ keypoints }) => keypoints?.length === 17)).toBe(true);
  expect(people.some(({ attributes }) => attributes?.['hard hat'] !== undefined)).toBe(true);
  expect(observations.some(({ health }) => health === 'black')).toBe(true);
});

it('no figure is given where nothing could be found, and it is said', () => {
  expect(Object.keys(answer.counts).sort()).toEqual(['down', 'hats', 'people']);
  expect(answer.unjudged).toEqual([
    { rule: 'vests', missing: 'attribute', names: ['vest'] },
    { rule: 'forklifts', missing: 'labels', names: ['forklift'] },
  ]);
  expect(notes.filter((note) => /vests|forklifts/.test(note))).toHaveLength(2);
});

it('verify looks again too', async () => {
  expect(await verifyAnalysis(answer.evidence!)).toMatchObject({ status: 'proved' });
  const taught = JSON.parse(await readFile(at('hard-hat.json'), 'utf8'));
  await writeFile(at('hard-hat.json'), JSON.stringify({ ...taught, name: 'helmet' }));
  expect(await verifyAnalysis(answer.evidence!)).toMatchObject({ status: 'inputs changed' });
}, 120_000);
