import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import { type DriftOf, driftOf, type SeenPart, type TrainingConditions } from './drift-watch.ts';

export const driftMethodId = 'manuvision.drift';

export interface DriftParameters {
  readonly station: string;
  readonly inspection: string;
  readonly version: number;
}

/** What is compared, kept as a file so that it can be compared again. */
export interface DriftEvidence {
  readonly training: TrainingConditions;
  /** The oldest first. */
  readonly parts: readonly (SeenPart & { readonly verdict: string })[];
}

export interface DriftOutput {
  readonly quantities: readonly DriftOf[];
}

/** Compares the pinned values of the line and of the training set again. */
export function driftMethod(blobs: Blobs): EvidenceMethod {
  return {
    id: driftMethodId,
    version: '1',
    description:
      'Compares the last parts of a line with the training set, by the two-sample test of Kolmogorov and Smirnov over a short and a long window, and finds since when by the likelihood ratio of a changed mean.',
    async run(_parameters, [values]): Promise<DriftOutput> {
      const { hash } = values!.reference as { hash: string };
      const { training, parts } = JSON.parse(Buffer.from(await blobs.read(hash)).toString()) as DriftEvidence;
      return { quantities: driftOf(training, parts) };
    },
  };
}
