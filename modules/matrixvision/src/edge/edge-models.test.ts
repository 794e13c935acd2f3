import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { constantNetwork, testCard } from '@millwright/inference/test-support';
import { createLogger, textOf } from '@millwright/kernel';
import { canonicalJson } from '@millwright/ledger';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EdgeModel } from '../edge-contract.ts';
import { EdgeModels } from './edge-models.ts';

let folder: string;
let models: EdgeModels;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-edge-models-'));
  const blob = async (sha256: string) => join(folder, sha256);
  models = new EdgeModels({ blob, logger: createLogger('silent') }, join(folder, 'models'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** As the agent has fetched it: a file under the name of its hash. */
async function fetched(content: Uint8Array | string): Promise<string> {
  const sha256 = createHash('sha256').update(content).digest('hex');
  await writeFile(join(folder, sha256), content);
  return sha256;
}

async function model(name: string, onnx: Uint8Array, network?: string): Promise<EdgeModel> {
  const sha256 = await fetched(onnx);
  const output = { family: 'yolo', form: 'end-to-end' };
  const card = { ...testCard, name, sha256: network ?? sha256, output };
  return { id: await fetched(canonicalJson(card)), name, version: '1', network: network ?? sha256 };
}
const sound = constantNetwork({ output: { dims: [1, 1, 6], data: [8, 8, 24, 24, 0.9, 1] } });
const states = () => models.states().map(({ name, state }) => `${name} ${state}`);

it('a model of a user is tried before it is used, and one that fails is refused with the reason while the other stays', async () => {
  const good = await model('good', sound);
  await models.placeModels([good], []);
  expect(states()).toEqual(['good downloaded']);
  await models.use([good]);
  expect(states()).toEqual(['good in-use']);
  // A head that is not what its card says.
  const bad = await model('bad', constantNetwork({ output: { dims: [1, 2, 5], data: Array(10).fill(0) } }));
  const failed = await models.placeModels([bad, good], []);
  expect([...failed.keys()]).toEqual([bad.id]);
  expect(failed.get(bad.id)).toMatchObject({ code: 'INFERENCE_CARD_MISMATCH' });
  expect(states()).toEqual(['good in-use', 'bad refused']);
  expect(textOf(models.states()[1]!.reason!)).toContain('[1, boxes, 6]');
  // What was in effect is applied again, as the agent does: nothing is fetched or tried for it.
  await rm(join(folder, good.id));
  await models.placeModels([good], []);
  await models.use([good]);
  expect(states()).toEqual(['bad refused', 'good in-use']);
  expect(await readdir(join(folder, 'models', 'own'))).toEqual([good.id]);
}, 60_000);

it('a network that is not the one of its card is refused', async () => {
  const swapped = await model('swapped', sound);
  await writeFile(
    join(folder, swapped.network),
    constantNetwork({ output: { dims: [1, 1, 6], data: Array(6).fill(0) } }),
  );
  const failed = await models.placeModels([swapped], []);
  expect(failed.get(swapped.id)).toMatchObject({ code: 'INFERENCE_MODEL_CHANGED' });
  expect(states()).toEqual(['swapped refused']);
});

it('a bundled network lies under its name, and is put there again when the disk changed it', async () => {
  const sha256 = await fetched(sound);
  const path = join(folder, 'models', 'nanodet-1.onnx');
  for (const before of [undefined, 'broken']) {
    if (before) await writeFile(path, before);
    await models.placeNetworks([{ id: 'nanodet-1.onnx', sha256 }]);
    // Its file has not come: what is there stays, and it is said.
    const failed = await models.placeNetworks([{ id: 'nanodet-1.onnx', sha256: 'f'.repeat(64) }]);
    expect([...failed.keys()]).toEqual(['nanodet-1.onnx']);
    expect(Buffer.compare(await readFile(path), sound)).toBe(0);
  }
});
