import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { inferenceErrors } from '../errors.ts';
import { sha256Of } from '../models/sha256.ts';
import { inferenceNotes } from '../notes.ts';
import { type InferenceSession, Tensor } from '../onnx-runtime.ts';
import { openSession, reasonOf } from '../sessions/open-session.ts';
import type { Backbone, BackboneLayer, BackboneNetwork, FeatureMap } from './backbone.ts';
import { readBackboneCard } from './backbone-card.ts';
import { bundledBackbones } from './bundled-backbones.ts';
import { describedNetwork } from './described-network.ts';

export interface BackboneOptions {
  /** Name of a bundled backbone, or the path of a backbone card (it ends in `.json`). */
  readonly name: string;
  /** Layers by name, from fine to coarse; left out: the usual ones. */
  readonly layers?: readonly string[];
  /** Folder that converted networks are kept in; it may not exist. */
  readonly cache: string;
  /** Threads within one run; left out: 2. */
  readonly threads?: number;
}

/**
 * Opens a frozen network for its feature maps. A bundled one is converted on first use and kept in `cache`. Throws
 * INFERENCE_MODEL_UNKNOWN, INFERENCE_NETWORK_UNFIT, and what reading a card throws.
 */
export async function openBackbone(options: BackboneOptions): Promise<Backbone> {
  const { network, multiple, ...facts } = await networkOf(options);
  const { session } = await openSession(network, { model: facts.name, threads: options.threads ?? 2 });
  try {
    const names = facts.layers;
    const layers = layersOf(facts.name, await run(session, facts.name, names, probe(multiple)), multiple * probeSides);
    return new OnnxBackbone(session, { ...facts, network, multiple, layers, sha256: sha256Of(network) });
  } catch (error) {
    await session.release();
    throw error;
  }
}

type Unprobed = Omit<BackboneNetwork, 'layers' | 'sha256'> & { readonly layers: readonly string[] };

async function networkOf({ name, layers, cache }: BackboneOptions): Promise<Unprobed> {
  if (name.endsWith('.json')) {
    const { card, bytes } = await readBackboneCard(name);
    const wanted = chosen(card.name, card.layers, layers ?? card.usual ?? Object.keys(card.layers));
    const network = describedNetwork(bytes, { ...card, layers: wanted });
    const { licence, source, version, multiple } = card;
    return { name: card.name, version, licence, source, multiple, network, layers: Object.keys(wanted) };
  }
  const bundled = bundledBackbones.find((one) => one.name === name);
  if (!bundled)
    throw inferenceErrors.INFERENCE_MODEL_UNKNOWN({ model: name, known: bundledBackbones.map((one) => one.name) });
  const wanted = chosen(name, bundled.layers, layers ?? bundled.usual);
  const file = `${name}-${bundled.version}-${Object.keys(wanted).join('-')}.onnx`;
  const network = await kept(cache, file, () => bundled.build(wanted));
  const { licence, source, version, multiple } = bundled;
  return { name, version, licence, source, multiple, network, layers: Object.keys(wanted) };
}

/** The layers asked for with their tensors, in the order of the network. */
function chosen(model: string, known: Readonly<Record<string, string>>, wanted: readonly string[]) {
  const missing = wanted.filter((name) => !Object.hasOwn(known, name));
  if (missing.length > 0 || wanted.length === 0)
    throw inferenceErrors.INFERENCE_NETWORK_UNFIT({
      model,
      reason: `it has no layer ${missing.join(', ')}; it has ${Object.keys(known).join(', ')}`,
    });
  return Object.fromEntries(Object.entries(known).filter(([name]) => wanted.includes(name)));
}

/** From the cache where it is sound, else made and put there. Its SHA-256 lies beside it. */
async function kept(folder: string, file: string, make: () => Uint8Array): Promise<Uint8Array> {
  const path = join(folder, `backbone-${file}`);
  const [there, hash] = await Promise.all([
    readFile(path).catch(() => undefined),
    readFile(`${path}.sha256`, 'utf8').catch(() => undefined),
  ]);
  if (there && hash === sha256Of(there)) return there;
  const bytes = make();
  try {
    await mkdir(folder, { recursive: true });
    await writeWhole(path, bytes);
    await writeWhole(`${path}.sha256`, sha256Of(bytes));
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? String(error);
    throw inferenceErrors.INFERENCE_CACHE_FAILED({ folder, reason }, error);
  }
  return bytes;
}

async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.${randomUUID()}.tmp`;
  await writeFile(draft, content);
  await rename(draft, path);
}

/** Multiples of its sides in the picture that layers are measured with. */
const probeSides = 4;
const probe = (multiple: number): Tensor => {
  const side = multiple * probeSides;
  return new Tensor('uint8', new Uint8Array(side * side * 3).fill(114), [1, side, side, 3]);
};

function layersOf(model: string, maps: readonly FeatureMap[], side: number): BackboneLayer[] {
  return maps.map(({ name, channels, rows, columns }) => {
    const stride = side / rows;
    if (rows !== columns || !Number.isInteger(stride))
      throw inferenceErrors.INFERENCE_NETWORK_UNFIT({
        model,
        reason: `its layer ${name} has ${rows} x ${columns} places for ${side} x ${side} pixels`,
      });
    return { name, channels, stride };
  });
}

async function run(
  session: InferenceSession,
  model: string,
  names: readonly string[],
  images: Tensor,
): Promise<FeatureMap[]> {
  let results: InferenceSession.OnnxValueMapType;
  try {
    results = await session.run({ images });
  } catch (error) {
    throw inferenceErrors.INFERENCE_RUN_FAILED({ model, reason: reasonOf(error) }, error);
  }
  return names.map((name) => {
    const { dims, data } = results[name] as Tensor;
    const [batch, channels, rows, columns, ...more] = dims;
    if (columns === undefined || more.length > 0 || !(data instanceof Float32Array))
      throw inferenceErrors.INFERENCE_NETWORK_UNFIT({
        model,
        reason: `its layer ${name} is [${dims.join(', ')}] and not [batch, channels, rows, columns] of float32`,
      });
    return { name, batch: batch!, channels: channels!, rows: rows!, columns, data };
  });
}

class OnnxBackbone implements Backbone {
  readonly name: string;
  readonly version: string;
  readonly licence: string;
  readonly source: string;
  readonly network: Uint8Array;
  readonly sha256: string;
  readonly layers: readonly BackboneLayer[];
  readonly multiple: number;
  readonly #session: InferenceSession;

  constructor(session: InferenceSession, facts: BackboneNetwork) {
    this.#session = session;
    this.name = facts.name;
    this.version = facts.version;
    this.licence = facts.licence;
    this.source = facts.source;
    this.network = facts.network;
    this.sha256 = facts.sha256;
    this.layers = facts.layers;
    this.multiple = facts.multiple;
  }

  async features(pictures: Uint8Array, width: number, height: number): Promise<FeatureMap[]> {
    const batch = pictures.length / (width * height * 3);
    const fits = width % this.multiple === 0 && height % this.multiple === 0 && width > 0 && height > 0;
    if (!fits) {
      const reason = inferenceNotes['picture-size']({ width, height, expected: `multiples of ${this.multiple}` });
      throw inferenceErrors.INFERENCE_PICTURE_INVALID({ reason });
    }
    if (!Number.isInteger(batch) || batch < 1) {
      const reason = inferenceNotes['picture-bytes']({ actual: pictures.length, expected: width * height * 3 });
      throw inferenceErrors.INFERENCE_PICTURE_INVALID({ reason });
    }
    const images = new Tensor('uint8', pictures, [batch, height, width, 3]);
    return run(
      this.#session,
      this.name,
      this.layers.map(({ name }) => name),
      images,
    );
  }

  close(): Promise<void> {
    return this.#session.release();
  }
}
