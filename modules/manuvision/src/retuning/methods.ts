import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import type { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import { type RetuningEvidence, type RetuningResult, workOut } from './work-out.ts';

export const proposeMethodId = 'manuvision.propose-threshold';
export const retuneMethodId = 'manuvision.retune';

const hashOf = (input: { readonly reference: unknown } | undefined) => (input!.reference as { hash: string }).hash;

/** Works out the threshold again from the pinned scores and reviews. */
export const proposeMethod = (blobs: Blobs): EvidenceMethod => ({
  id: proposeMethodId,
  version: '1',
  description:
    'Works out the threshold anew that keeps the promise about false rejects, from held-out good parts and what people said of parts of the line (weights by Horvitz and Thompson, 1952; intervals by Clopper and Pearson, 1934).',
  async run(_parameters, [values]): Promise<RetuningResult | null> {
    const evidence = JSON.parse(Buffer.from(await blobs.read(hashOf(values))).toString()) as RetuningEvidence;
    return workOut(evidence) ?? null;
  },
});

export interface RetuneParameters {
  readonly threshold: number;
  readonly station: string;
  /** Finding that proposed it. */
  readonly proposal: string;
  /** Why it was accepted. */
  readonly reason: string;
}

export interface RetuneOutput {
  /** SHA-256 of the model with the new threshold. */
  readonly model: string;
}

interface RetunePlaces {
  readonly blobs: Blobs;
  /** Where models lie as files. */
  readonly models: string;
  readonly process: InspectionProcess;
}

/** Writes the pinned model with another threshold; all else of its network is the same. */
export const retuneMethod = ({ blobs, models, process }: RetunePlaces): EvidenceMethod => ({
  id: retuneMethodId,
  version: '2',
  description:
    'Writes a model with the threshold that somebody accepted, in its card and its network; all else is the same.',
  async run(parameters, [model]): Promise<RetuneOutput> {
    const { threshold } = parameters as RetuneParameters;
    await mkdir(models, { recursive: true });
    const out = join(models, `retuned-${randomUUID()}.onnx`);
    try {
      await process.retune({ model: await localBlob(blobs, hashOf(model), models), threshold, out });
      return { model: (await blobs.put(out)).hash };
    } finally {
      await rm(out, { force: true });
    }
  },
});
