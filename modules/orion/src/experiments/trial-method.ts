import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import { localBlob } from '../work/local-blob.ts';
import type { Following, OrionThreads } from '../work/orion-threads.ts';
import type { TrialFigures, TrialPlan } from './drivers/trial-driver.ts';

export const trialMethodId = 'orion.trial';

export interface TrialOutput extends TrialFigures {
  /** SHA-256 of the learnt state. */
  readonly artefact: string;
}

export interface TrialPlaces {
  readonly blobs: Blobs;
  readonly threads: OrionThreads;
  /** Where data sets are kept that were fetched from the store. */
  readonly cache: string;
}

/** Judges one learner in the order of time and learns from all data: the same parameters and data give the same output anywhere. */
export function trialMethod(places: TrialPlaces, followed: () => Following | undefined): EvidenceMethod {
  const { blobs, threads, cache } = places;
  return {
    id: trialMethodId,
    version: '1',
    description: 'Judges a learner by folds in the order of time and learns from all of a frozen data set.',
    async run(parameters, inputs) {
      const { hash } = inputs[0]!.reference as { hash: string };
      const data = { hash, path: await localBlob(blobs, hash, cache) };
      const { state, ...figures } = await threads.ask('trial', { data, plan: parameters as TrialPlan }, followed());
      const kept = await blobs.put(state, { mediaType: 'application/json' });
      return { ...figures, artefact: kept.hash } satisfies TrialOutput;
    },
  };
}

/** The folder of the cache, below that of the data. */
export const cacheFolder = (folder: string): string => join(folder, 'datasets');
