import { readFileSync } from 'node:fs';
import { findPackageJSON } from 'node:module';
import { dirname, join } from 'node:path';
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import { setBackend, tensor, tidy, transpose } from '@tensorflow/tfjs-core';
import type { OutputTensor } from '../decoders/decoder.ts';
import { modelSource } from '../models/model-source.ts';

/**
 * Runs a graph model on TensorFlow.js, the runtime that it was made for, up to the nodes named; tensors of four axes come
 * back as batch, channels, rows, columns. For tests and for recording references: the product itself does not need it.
 */
export async function runOriginal(
  source: string,
  pixels: { readonly data: ArrayLike<number>; readonly dims: readonly number[]; readonly type?: 'float32' | 'int32' },
  nodes: readonly string[],
): Promise<OutputTensor[]> {
  setThreadsCount(1);
  setWasmPaths(`${dirname(findPackageJSON('@tensorflow/tfjs-backend-wasm', import.meta.url)!)}/dist/`);
  await setBackend('wasm');
  const path = modelSource(source);
  const file = JSON.parse(readFileSync(path, 'utf8'));
  const groups: { paths: string[]; weights: [] }[] = file.weightsManifest;
  const weights = Buffer.concat(
    groups.flatMap(({ paths }) => paths.map((name) => readFileSync(join(dirname(path), name)))),
  );
  const model = await loadGraphModel({
    load: async () => ({
      ...{ modelTopology: file.modelTopology, format: file.format, signature: file.signature },
      weightSpecs: groups.flatMap((group) => group.weights),
      weightData: new Uint8Array(weights).buffer,
    }),
  });
  try {
    return tidy(() => {
      const input = tensor(Float32Array.from(pixels.data), [...pixels.dims], pixels.type ?? 'float32');
      const results = model.execute(input, [...nodes]);
      return (Array.isArray(results) ? results : [results]).map((result) => {
        const moved = result.rank === 4 ? transpose(result, [0, 3, 1, 2]) : result;
        return { dims: moved.shape, data: Float32Array.from(moved.dataSync()) };
      });
    });
  } finally {
    model.dispose();
  }
}
