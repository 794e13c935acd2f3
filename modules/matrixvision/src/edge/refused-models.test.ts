import { createHash } from 'node:crypto';
import { access, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EdgeContext, RunningEdgePart } from '@millwright/cloud';
import { constantNetwork, testCard } from '@millwright/inference/test-support';
import { createLogger, systemClock } from '@millwright/kernel';
import { canonicalJson } from '@millwright/ledger';
import { renderVideo } from '@millwright/media/test-support';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { edgePart } from '../edge.ts';
import type { EdgeModel } from '../edge-contract.ts';

let folder: string;
let stop: AbortController;
let part: RunningEdgePart | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-refused-'));
});
afterEach(async () => {
  await end();
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
});

/** As the agent starts it, also after a restart: what it kept lies in its folder. */
async function start(): Promise<RunningEdgePart> {
  stop = new AbortController();
  const context: EdgeContext = {
    ...{ folder: join(folder, 'own'), logger: createLogger('silent'), clock: systemClock, signal: stop.signal },
    box: { id: 'box', name: 'gate', siteId: 'site', timezone: 'UTC' },
    ...{ watchedFolders: [], clockOffsetMs: () => 0 },
    async blob(sha256) {
      const path = join(folder, sha256);
      await access(path);
      return path;
    },
    send: async () => 'sent',
  };
  part = await edgePart.start(context);
  return part;
}
async function end(): Promise<void> {
  stop?.abort();
  await part?.stop();
  part = undefined;
}

async function fetched(content: Uint8Array | string): Promise<string> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  await writeFile(join(folder, sha256), content);
  return sha256;
}
async function model(name: string, onnx: Uint8Array): Promise<EdgeModel> {
  const network = await fetched(onnx);
  const card = { ...testCard, name, sha256: network, output: { family: 'yolo', form: 'end-to-end' } };
  return { id: await fetched(canonicalJson(card)), name, version: '1', network };
}

const rule = (id: string) => ({
  ...{ id, name: id, kind: 'zone-entry', labels: ['person'] },
  zone: [
    [0, 0],
    [1, 0],
    [1, 1],
  ],
});
/** Nothing is there to be seen: what is looked with is decided all the same. */
const camera = (id: string, model: string, ruleVersion = 1, more: object = {}) => ({
  ...{ id, name: id, url: '/dev/video99', transport: 'tcp', model, mostPerSecond: 5, attributes: [], ruleVersion },
  ...{ rules: { version: 1, rules: [rule(`rule-${ruleVersion}`)] }, ...more },
});
type Document = { cameras: { id: string; model?: string; ruleVersion: number }[]; models: EdgeModel[] };
const inEffect = async (
  document: object,
): Promise<Document & { refused: { path: readonly string[]; code: string }[] }> => {
  const applied = await part!.apply(document as Record<string, unknown>);
  const refused = (applied?.refused ?? []).map(({ path, reason }) => ({ path, code: reason.code }));
  return { ...((applied?.document ?? document) as Document), refused };
};
const looked = ({ cameras }: Document) => cameras.map(({ id, model, ruleVersion }) => [id, model, ruleVersion]);

it('a model that is refused holds back nothing but itself: other cameras and all rules come, also after a restart', async () => {
  await start();
  const good = await model('good', constantNetwork({ output: { dims: [1, 1, 6], data: [8, 8, 24, 24, 0.9, 1] } }));
  const other = await model('other', constantNetwork({ output: { dims: [1, 1, 6], data: [8, 8, 24, 24, 0.8, 1] } }));
  const bad = await model('bad', constantNetwork({ output: { dims: [1, 2, 5], data: Array(10).fill(0) } }));
  const before = { cameras: [camera('gate', good.id), camera('yard', good.id)], models: [good] };
  expect(await inEffect(before)).toMatchObject({ refused: [] });

  const video = await renderVideo({ path: join(folder, 'scene.mp4'), frames: 50 });
  const played = { file: await fetched(await readFile(video)), plays: { loop: true } };
  const wanted = {
    cameras: [
      camera('gate', bad.id, 2, { threshold: 0.9 }),
      camera('yard', other.id, 2),
      camera('new', bad.id, 1, played),
    ],
    models: [bad, other],
  };
  const expected = [
    ['gate', good.id, 2],
    ['yard', other.id, 2],
    ['new', undefined, 1],
  ];
  for (const isFirst of [true, false]) {
    if (!isFirst) {
      await end();
      await start();
    }
    const now = await inEffect(wanted);
    expect(looked(now)).toEqual(expected);
    // The score from which on was meant for the other network.
    expect(now.cameras[0]).not.toHaveProperty('threshold');
    expect(now.models.map(({ name }) => name).sort()).toEqual(['good', 'other']);
    expect(now.refused).toEqual([
      { path: ['cameras', 'gate', 'model'], code: 'box-camera.network-kept' },
      { path: ['cameras', 'new', 'model'], code: 'box-camera.network-none' },
    ]);
    const { models, problem } = part!.report() as { models: { name: string; state: string }[]; problem?: string };
    const states = models.map(({ name, state }) => `${name} ${state}`).sort();
    expect(states).toEqual(['bad refused', 'good in-use', 'other in-use']);
    expect(problem).toBeUndefined();
    // The new camera is there and has no network, and says why.
    await vi.waitFor(
      () => {
        const { cameras } = part!.report() as { cameras: Record<string, { state: string; code: string }> };
        expect(cameras.new).toMatchObject({ state: 'lost', code: 'INFERENCE_CARD_MISMATCH' });
      },
      { timeout: 60_000 },
    );
  }

  // Once another one is chosen, nothing is left of it.
  const mended = await inEffect({
    cameras: [camera('gate', other.id, 3), camera('new', other.id, 3)],
    models: [other],
  });
  expect(mended.refused).toEqual([]);
  const { models } = part!.report() as { models: { name: string; state: string }[] };
  expect(models.filter(({ state }) => state === 'in-use').map(({ name }) => name)).toEqual(['other']);
}, 120_000);

it('a camera whose file has not come goes on as it was, or waits for it, while others and their rules come', async () => {
  await start();
  await inEffect({ cameras: [camera('gate', 'nanodet'), camera('yard', 'nanodet')] });
  const missing = { file: 'e'.repeat(64) };
  const wanted = [
    camera('gate', 'nanodet', 2, missing),
    camera('yard', 'nanodet', 2),
    camera('new', 'nanodet', 2, missing),
  ];
  const now = await inEffect({ cameras: wanted });
  expect(looked(now)).toEqual([
    ['gate', 'nanodet', 1],
    ['yard', 'nanodet', 2],
  ]);
  expect(now.refused).toEqual([
    { path: ['cameras', 'gate'], code: 'box-camera.camera-kept' },
    { path: ['cameras', 'new'], code: 'box-camera.camera-left-out' },
  ]);
}, 60_000);
