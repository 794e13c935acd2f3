import { runWorker, type WorkerOptions, type WorkerResult } from '@millwright/host';
import { modules } from './modules.ts';
import { version } from './version.ts';

/** `runWorker` of the host with the modules of this product. */
export async function workMillwright(options: Omit<WorkerOptions, 'modules' | 'version'>): Promise<WorkerResult> {
  return runWorker({ modules, version, ...options });
}
