import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OnnxGraph, onnxMetadata, openNetwork, withDecision, withOnnxMetadata } from '@millwright/inference';
import { canonicalJson } from '@millwright/ledger';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelFile } from './model-file.ts';
import { decodeModelFile, readModelFile } from './read-model-file.ts';
import { cardKey, sealKey, sealOf } from './seal.ts';
import { cardPath, encodeModelFile, writeModelFile } from './write-model-file.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'millwright-model-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Adds one. */
function network(build: (graph: OnnxGraph) => void = () => undefined): Uint8Array {
  const graph = new OnnxGraph('plus-one');
  const given = graph.input('given', 'float32', [2]);
  graph.output('more', graph.node('Add', [given, graph.floats([1], [1])]), 'float32', [2]);
  build(graph);
  return graph.encode();
}
const model: ModelFile = {
  network: network(),
  card: {
    ...{
      format: 1,
      kind: '类 型',
      methodVersion: '3',
      seed: 5,
      threshold: 0.25,
      settings: { side: 256, names: ['a'] },
    },
    ...{ trainedOn: { good: 10, defects: 2 }, heldOut: [{ name: '零件 1.png', score: 0.125 }] },
  },
  attachments: { 'template.png': Uint8Array.from({ length: 300 }, (_, at) => at & 255), empty: new Uint8Array() },
};
const read = (bytes: Uint8Array) => () => decodeModelFile(bytes, 'x.onnx');
const refused = (code: string, reason?: RegExp) =>
  expect.objectContaining({
    code: `MANUVISION_MODEL_${code}`,
    ...(reason ? { message: expect.stringMatching(reason) } : {}),
  });

describe('the one file', () => {
  it('comes back as it was written, and has the same bytes every time', async () => {
    const file = join(folder, '零件.onnx');
    await writeModelFile(model, file);
    const back = await readModelFile(file);
    expect(back.card).toEqual(model.card);
    expect(Object.keys(back.attachments).sort()).toEqual(['empty', 'template.png']);
    expect(Buffer.compare(back.attachments['template.png']!, model.attachments['template.png']!)).toBe(0);
    expect(Buffer.compare(back.network, model.network)).toBe(0);
    expect(Buffer.compare(encodeModelFile(back), encodeModelFile(model))).toBe(0);
    expect(cardPath(file)).toBe(join(folder, '零件.card.json'));
  });

  it('has the threshold of its card in a network with a score, another one when it is written again, and is read without as well', () => {
    const graph = new OnnxGraph('scoring');
    graph.output('score', graph.input('given', 'float32', ['batch']), 'float32', ['batch']);
    const scoring = { ...model, network: graph.encode() };
    const { network, card } = decodeModelFile(encodeModelFile(scoring), 'x.onnx');
    expect(Buffer.compare(network, withDecision(scoring.network, 0.25))).toBe(0);
    const retuned = decodeModelFile(
      encodeModelFile({ ...scoring, network, card: { ...card, threshold: 0.5 } }),
      'x.onnx',
    );
    expect(Buffer.compare(retuned.network, withDecision(scoring.network, 0.5))).toBe(0);
    // As it was written before networks had it.
    const text = canonicalJson(model.card);
    const old = withOnnxMetadata(scoring.network, [
      [cardKey, text],
      [sealKey, sealOf(scoring.network, text, {})],
    ]);
    expect(Buffer.compare(decodeModelFile(old, 'old.onnx').network, scoring.network)).toBe(0);
  });

  it('runs in plain ONNX Runtime as it lies', async () => {
    const opened = await openNetwork(encodeModelFile(model), { model: 'the whole file' });
    expect(await opened.run({ dims: [2], data: Float32Array.of(1, 2) })).toMatchObject({ data: Float32Array.of(2, 3) });
    await opened.close();
  });

  it('says what it is: not ONNX, cut off, damaged, of another tool, of another version', async () => {
    const bytes = encodeModelFile(model);
    const card = onnxMetadata(bytes).get('millwright.card')!;
    expect(read(new Uint8Array())).toThrow(refused('NOT_ONNX'));
    expect(read(new TextEncoder().encode('{"format": 1}'))).toThrow(refused('NOT_ONNX'));
    expect(read(bytes.subarray(0, bytes.length - 20))).toThrow(refused('DAMAGED', /cut off/));
    const flipped = bytes.slice();
    flipped[model.network.length - 60]! ^= 1;
    expect(read(flipped)).toThrow(/MANUVISION_MODEL|damaged|not an ONNX/);
    expect(read(model.network)).toThrow(refused('FOREIGN'));
    const later = withOnnxMetadata(model.network, [['millwright.card', card.replace('"format":1', '"format":2')]]);
    expect(read(later)).toThrow(refused('VERSION', /format 2; this version reads format 1/));
    const noCard = withOnnxMetadata(model.network, [['millwright.card', 'null and void']]);
    expect(read(noCard)).toThrow(refused('DAMAGED', /no JSON/));
    const poor = withOnnxMetadata(model.network, [['millwright.card', '{"format":1,"kind":"x"}']]);
    expect(read(poor)).toThrow(refused('DAMAGED', /methodVersion/));
    const swapped = withOnnxMetadata(bytes, [['millwright.card', card.replace('0.25', '0.95')]]);
    expect(read(swapped)).toThrow(refused('DAMAGED', /not what was written/));
  });

  it('is looked through before ONNX Runtime loads it', async () => {
    const endless = network((graph) => graph.node('Loop', ['a']));
    expect(read(encodeModelFile({ ...model, network: endless }))).toThrow(refused('REFUSED', /Loop/));
    const foreign = network((graph) => graph.node('Evil', ['a'], {}, 'com.example'));
    expect(read(encodeModelFile({ ...model, network: foreign }))).toThrow(refused('REFUSED', /com\.example/));
  });

  it('says where there is none', async () => {
    await expect(readModelFile(join(folder, 'none.onnx'))).rejects.toThrow(refused('UNREADABLE', /no such file/));
    await expect(readModelFile(folder)).rejects.toThrow(refused('UNREADABLE', /a folder/));
    await writeFile(join(folder, 'x.onnx'), 'PK\u0003\u0004');
    await expect(readModelFile(join(folder, 'x.onnx'))).rejects.toThrow(refused('NOT_ONNX'));
  });

  it('is written whole or not at all', async () => {
    await writeFile(join(folder, 'taken'), '');
    await expect(writeModelFile(model, join(folder, 'taken', 'x.onnx'))).rejects.toThrow();
  });
});
