import { Worker } from 'node:worker_threads';
import { MillwrightError } from '@millwright/kernel';
import type { ErrorFacts } from '../pool/messages.ts';

/** A network that comes with the product, as a file. */
export interface InstalledNetwork {
  readonly name: string;
  readonly version: string;
  readonly path: string;
}

export type InstallAnswer = { readonly networks: InstalledNetwork[] } | { readonly error: ErrorFacts };

/**
 * The files of bundled networks (detectors, `movenet`), converted where `cache` has them not yet. A file in another machine's
 * cache under the same name is taken there as it is. Works in a thread of its own, since a conversion takes half a second.
 * Throws INFERENCE_MODEL_UNKNOWN and what a conversion throws.
 */
export async function installNetworks(names: readonly string[], cache: string): Promise<InstalledNetwork[]> {
  const worker = new Worker(new URL('./install-thread.ts', import.meta.url), { workerData: { names, cache } });
  const answer = await new Promise<InstallAnswer>((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the thread that converts networks ended with ${code}`)));
  });
  if ('networks' in answer) return answer.networks;
  const { code, status, message, details } = answer.error;
  throw new MillwrightError(code, status, message, details);
}
