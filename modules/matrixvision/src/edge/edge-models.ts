import { createHash, randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { EdgeContext } from '@millwright/cloud';
import { type ProviderName, tryDetector } from '@millwright/inference';
import { isMillwrightError, type Reason, reasonOf } from '@millwright/kernel';
import { type AttributeModel, parseAttributeModel } from '../attributes/teaching/attribute-model.ts';
import type { EdgeModel, EdgeModelState, EdgeNetwork } from '../edge-contract.ts';
import { isOwnModel } from '../models/own-model.ts';
import { cardPathOf, keepOnlyModels, placeModel } from '../models/place-model.ts';

/** A model that took all the time or memory it may is not tried again at once, which would hold up everything else. */
const costlyAgainMs = 5 * 60_000;
const costly: ReadonlySet<string> = new Set([
  'INFERENCE_TIME_EXCEEDED',
  'INFERENCE_MEMORY_EXCEEDED',
  'INFERENCE_WORKER_LOST',
]);

/** Models that failed are remembered so long, so that a report can say why. */
const mostRefused = 10;

/** Networks and attributes on a box: put where the analysis looks for them, and tried before anything is switched to them. */
export class EdgeModels {
  #context: Pick<EdgeContext, 'blob' | 'logger'>;
  #folder: string;
  #states = new Map<string, EdgeModelState>();
  /** Those that ran once with these providers. */
  #tried = new Set<string>();
  #costly = new Map<string, { readonly error: unknown; readonly at: number }>();

  /** @param folder where the analysis looks for networks. */
  constructor(context: Pick<EdgeContext, 'blob' | 'logger'>, folder: string) {
    this.#context = context;
    this.#folder = folder;
  }

  /** Bundled networks, each under the name by which it is looked for. Resolves to what is wrong with those that are not there, by id. */
  async placeNetworks(networks: readonly EdgeNetwork[]): Promise<Map<string, unknown>> {
    await mkdir(this.#folder, { recursive: true });
    const failed = new Map<string, unknown>();
    for (const { id, sha256 } of networks) {
      const path = join(this.#folder, id);
      if ((await stat(path).catch(() => undefined)) && (await hashOfFile(path)) === sha256) continue;
      const draft = `${path}.${randomUUID()}.tmp`;
      try {
        await copyFile(await this.#context.blob(sha256), draft);
        await rename(draft, path);
      } catch (error) {
        failed.set(id, error);
      }
    }
    return failed;
  }

  /** Users' models. Resolves to what is wrong with those that do not work here, by id; nothing has been switched then. */
  async placeModels(models: readonly EdgeModel[], providers: readonly ProviderName[]): Promise<Map<string, unknown>> {
    const failed = new Map<string, unknown>();
    for (const model of models)
      await this.#placeModel(model, providers).catch((error: unknown) => failed.set(model.id, error));
    return failed;
  }

  /** Whether a network that ran before is still here. */
  async has(model: string): Promise<boolean> {
    return !isOwnModel(model) || (await stat(cardPathOf(this.#folder, model)).catch(() => undefined)) !== undefined;
  }

  /** What was taught, by its hash. */
  async attribute(sha256: string): Promise<AttributeModel> {
    const text = await readFile(await this.#context.blob(sha256), 'utf8');
    return parseAttributeModel(JSON.parse(text) as unknown);
  }

  /** These are in use from now on, others no longer. */
  async use(models: readonly EdgeModel[]): Promise<void> {
    const used = new Set(models.map(({ id }) => id));
    for (const model of models) this.#say(model, 'in-use');
    for (const [id, { state }] of this.#states) if (!used.has(id) && state !== 'refused') this.#states.delete(id);
    for (const one of this.#tried) if (!used.has(one.split(' ')[0]!)) this.#tried.delete(one);
    for (const [one, { at }] of this.#costly) if (Date.now() - at > costlyAgainMs) this.#costly.delete(one);
    await keepOnlyModels(this.#folder, used);
  }

  states(): EdgeModelState[] {
    return [...this.#states.values()];
  }

  async #placeModel(model: EdgeModel, providers: readonly ProviderName[]): Promise<void> {
    const tried = [model.id, ...providers].join(' ');
    if (this.#tried.has(tried)) return;
    const { blob, logger } = this.#context;
    const before = this.#costly.get(tried);
    if (before && Date.now() - before.at < costlyAgainMs) throw before.error;
    try {
      const card = await readFile(await blob(model.id));
      if (this.#states.get(model.id)?.state !== 'in-use') this.#say(model, 'downloaded');
      const read = async (hash: string) => createReadStream(await blob(hash));
      const path = await placeModel(this.#folder, model.id, card, read);
      const { facts } = await tryDetector({ model: path, cache: this.#folder, providers });
      this.#tried.add(tried);
      logger.info({ model: model.name, provider: facts.provider, sha256: model.id }, 'a model was tried and works');
    } catch (error) {
      if (isMillwrightError(error) && costly.has(error.code)) this.#costly.set(tried, { error, at: Date.now() });
      this.#say(model, 'refused', reasonOf(error));
      throw error;
    }
  }

  #say({ id, name, version }: EdgeModel, state: EdgeModelState['state'], reason: Reason | null = null): void {
    this.#states.delete(id);
    this.#states.set(id, { sha256: id, name, version, state, reason });
    const refused = [...this.#states.values()].filter((one) => one.state === 'refused');
    for (const { sha256 } of refused.slice(0, -mostRefused)) this.#states.delete(sha256);
  }
}

async function hashOfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}
