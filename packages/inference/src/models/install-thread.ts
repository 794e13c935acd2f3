/** Converts bundled networks for `installNetworks`. */
import { parentPort, workerData } from 'node:worker_threads';
import { isMillwrightError } from '@millwright/kernel';
import { inferenceErrors } from '../errors.ts';
import { bundledModels } from './bundled-models.ts';
import { installModel } from './install-model.ts';
import type { InstallAnswer, InstalledNetwork } from './install-networks.ts';

const { names, cache } = workerData as { names: readonly string[]; cache: string };
const say = (answer: InstallAnswer) => parentPort!.postMessage(answer);

try {
  const networks: InstalledNetwork[] = [];
  for (const name of names) {
    const model = bundledModels.find((one) => one.name === name);
    if (!model)
      throw inferenceErrors.INFERENCE_MODEL_UNKNOWN({ model: name, known: bundledModels.map((one) => one.name) });
    networks.push({ name, version: model.version, path: await installModel(model, { folder: cache }) });
  }
  say({ networks });
} catch (error) {
  if (!isMillwrightError(error)) throw error;
  const { code, status, message, details } = error;
  say({ error: { code, status, message, details } });
}
