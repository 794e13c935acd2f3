import { mkdir, rm, symlink, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { OnnxGraph } from '../onnx/onnx-graph.ts';
import { openDetector } from '../open-detector.ts';
import { constantNetwork, greyPicture, openFromFiles, testCard, testFolder } from '../test/constructed-network.ts';
import { readCard } from './read-card.ts';

const network = constantNetwork({ output: { dims: [1, 1, 6], data: [8, 8, 24, 24, 0.9, 1] } });
const good = { ...testCard, output: { family: 'yolo', form: 'end-to-end' } };

async function written(card: unknown, bytes: Uint8Array = network): Promise<string> {
  const folder = await testFolder();
  await writeFile(join(folder, 'network.onnx'), bytes);
  await writeFile(join(folder, 'card.json'), typeof card === 'string' ? card : JSON.stringify(card));
  return join(folder, 'card.json');
}

const refused = async (card: unknown, bytes?: Uint8Array) =>
  openDetector({ model: await written(card, bytes), cache: 'unused' }).then(
    () => expect.unreachable('it was opened'),
    (error: { code: string; message: string }) => error,
  );

describe('a model card', () => {
  it('makes a detector of an ONNX file without code', async () => {
    const detector = await openFromFiles(good, network);
    expect(detector).toMatchObject({ name: 'constructed', version: '1', provider: 'cpu', labels: ['a', 'b', 'c'] });
    expect(detector.inputFor(1920, 1080)).toEqual({ width: 64, height: 64, format: 'rgb24', fit: 'letterbox' });
    const source = { ...greyPicture, scaleX: 0.5, scaleY: 0.25, offsetX: 100, offsetY: 200 };
    const [first, second] = await detector.detect([source, source]);
    expect(first).toEqual([{ box: { x: 116, y: 232, width: 32, height: 64 }, score: expect.closeTo(0.9), label: 'b' }]);
    expect(second).toEqual(first);
  });

  it('may pin the file by its hash', async () => {
    const { sha256 } = await readCard(await written(good));
    expect((await readCard(await written({ ...good, sha256 }))).sha256).toBe(sha256);
    expect(
      await refused({ ...good, sha256: sha256.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }),
    ).toMatchObject({
      code: 'INFERENCE_MODEL_CHANGED',
    });
  });

  it('is refused with unknown members, families and values, and says where', async () => {
    const wrong = { ...good, preprocess: 'rm -rf', input: { ...good.input, layout: 'chw' }, classes: [] };
    const { code, message } = await refused(wrong);
    expect(code).toBe('INFERENCE_CARD_INVALID');
    expect(message).toContain('preprocess');
    expect(message).toContain('input.layout');
    expect(message).toContain('classes');
    for (const output of [{ family: 'magic' }, { family: 'yolo' }, { family: 'yolox', strides: [0] }])
      expect(await refused({ ...good, output })).toMatchObject({ code: 'INFERENCE_CARD_INVALID' });
    expect(await refused({ ...good, input: { ...good.input, size: { width: 1e9, height: 64 } } })).toMatchObject({
      code: 'INFERENCE_CARD_INVALID',
    });
    expect(await refused({ ...good, __proto__: { polluted: true }, constructor: 1 })).toMatchObject({
      code: 'INFERENCE_CARD_INVALID',
    });
  });

  it('cannot name a file outside its folder', async () => {
    for (const file of [
      '../network.onnx',
      '/etc/passwd',
      'a/b.onnx',
      '..\\network.onnx',
      '.onnx',
      'network.onnx\0.txt',
      'card.json',
    ])
      expect(await refused({ ...good, file }), file).toMatchObject({ code: 'INFERENCE_CARD_INVALID' });
    const path = await written({ ...good, file: 'link.onnx' });
    const elsewhere = join(await testFolder(), 'other.onnx');
    await writeFile(elsewhere, network);
    await symlink(elsewhere, join(path, '..', 'link.onnx'));
    await expect(readCard(path)).rejects.toMatchObject({ code: 'INFERENCE_MODEL_REFUSED' });
    await expect(readCard(path)).rejects.toThrow('it does not lie in the folder of its card');
  });

  it('is refused when it cannot be read: missing, no JSON, too large, a folder', async () => {
    const folder = await testFolder();
    const code = 'INFERENCE_CARD_UNREADABLE';
    await expect(readCard(join(folder, 'none.json'))).rejects.toMatchObject({ code });
    expect(await refused('{"name":')).toMatchObject({ code });
    expect(await refused(JSON.stringify({ ...good, description: 'x'.repeat(2 ** 20) }))).toMatchObject({ code });
    await mkdir(join(folder, 'folder.json'));
    await expect(readCard(join(folder, 'folder.json'))).rejects.toMatchObject({ code });
  });

  it('is refused when its network cannot be read: missing, too large', async () => {
    const path = await written(good);
    await truncate(join(path, '..', 'network.onnx'), 2 ** 30 + 1);
    await expect(readCard(path)).rejects.toMatchObject({ code: 'INFERENCE_MODEL_REFUSED' });
    await rm(join(path, '..', 'network.onnx'));
    await expect(readCard(path)).rejects.toMatchObject({ code: 'INFERENCE_MODEL_UNREADABLE' });
  });

  it('is refused with a network that ONNX Runtime does not load', async () => {
    expect(await refused(good, Buffer.from('<html>'))).toMatchObject({ code: 'INFERENCE_MODEL_REFUSED' });
    expect(await refused(good, cyclic())).toMatchObject({ code: 'INFERENCE_SESSION_FAILED' });
  });

  it('is refused when it does not fit its network', async () => {
    const code = 'INFERENCE_CARD_MISMATCH';
    expect(await refused({ ...good, input: { ...good.input, name: 'pixels' } })).toMatchObject({ code });
    expect(await refused({ ...good, input: { ...good.input, sizeInput: 'sizes' } })).toMatchObject({ code });
    expect(await refused({ ...good, input: { ...good.input, type: 'float32' } })).toMatchObject({ code });
    expect(await refused({ ...good, output: { ...good.output, output: 'boxes' } })).toMatchObject({ code });
    const size = { width: 128, height: 128 };
    expect(await refused({ ...good, input: { ...good.input, size } })).toMatchObject({ code: 'INFERENCE_RUN_FAILED' });
  });
});

/** A network of two nodes that each wait for the other. */
function cyclic(): Uint8Array {
  const graph = new OnnxGraph('cyclic');
  graph.input('images', 'uint8', [1, 64, 64, 3]);
  graph.nodes.push({ type: 'Relu', inputs: ['b'], outputs: ['a'], attributes: {} });
  graph.nodes.push({ type: 'Relu', inputs: ['a'], outputs: ['b'], attributes: {} });
  graph.output('output', 'b', 'float32', [1, 1, 6]);
  return graph.encode();
}
