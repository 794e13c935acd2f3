import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { openBackbone } from '@millwright/inference';

const script = fileURLToPath(new URL('./peer/patchcore.py', import.meta.url));

/** What the peer is asked: the product's own frozen network, size of the bank and split, everything else its own. */
interface PeerOrder {
  /** Path of the ONNX file: input `images`, uint8 [1, side, side, 3]; an output for each layer. */
  readonly network: string;
  readonly layers: readonly string[];
  readonly side: number;
  readonly bank: number;
  readonly threads: number;
  readonly seed: number;
  /** Paths of pictures. */
  readonly learn: readonly string[];
  readonly judge: readonly string[];
}

export interface PeerAnswer {
  readonly versions: string;
  /** From reading the first picture to the finished bank. */
  readonly seconds: number;
  readonly peakMB: number;
  /** Of each picture that is judged, without reading it, in their order. */
  readonly milliseconds: readonly number[];
  readonly scores: readonly number[];
}

/** Settings of the kind that the peer shares. */
export interface SharedSettings {
  readonly side: number;
  readonly backbone: string;
  readonly layers?: readonly string[] | undefined;
  readonly bank: number;
}

/** Layers finer than this the kind does not describe places by. */
const finestStride = 16;

/** Plain PatchCore on the same pictures; rejects where Python or a package is missing. */
export async function askPatchCore(
  python: string,
  folder: string,
  settings: SharedSettings,
  work: {
    readonly cache: string;
    readonly seed: number;
    readonly learn: readonly string[];
    readonly judge: readonly string[];
  },
): Promise<PeerAnswer> {
  const { cache, seed, learn, judge } = work;
  const { side, bank, layers } = settings;
  const backbone = await openBackbone({ name: settings.backbone, cache, ...(layers ? { layers } : {}) });
  await backbone.close();
  const network = join(folder, 'backbone.onnx');
  writeFileSync(network, backbone.network);
  const coarse = backbone.layers.filter(({ stride }) => stride >= finestStride);
  const used = (coarse.length > 0 ? coarse : backbone.layers).map(({ name }) => name);
  const order: PeerOrder = { network, layers: used, side, bank, threads: 2, seed, learn, judge };
  const file = join(folder, 'order.json');
  writeFileSync(file, JSON.stringify(order));
  const { stdout } = await promisify(execFile)(python, [script, file], { maxBuffer: 1e8 });
  return JSON.parse(stdout) as PeerAnswer;
}
