import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import type { FoundBox } from '../kinds/inspection.ts';
import type { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import type { Judged } from '../work/messages.ts';

export const judgeMethodId = 'manuvision.judge';

export interface JudgeParameters {
  readonly station: string;
  readonly inspection: string;
  readonly version: number;
}

export interface JudgeOutput {
  readonly verdict: Judged['verdict'];
  readonly score: number | null;
  readonly threshold: number | null;
  readonly class: string | null;
  readonly value: string | number | null;
  readonly boxes: readonly FoundBox[];
}

/** Six digits: what processors with other vector units give alike. */
const shortened = (value: number | null) => (value === null ? null : Number(value.toPrecision(6)));

export const outputOf = ({
  verdict,
  score,
  threshold,
  class: name,
  value,
  boxes,
}: Omit<Judged, 'heatmap'>): JudgeOutput => ({
  ...{ verdict, score: shortened(score), threshold: shortened(threshold), class: name, value },
  boxes: boxes.map((box) => ({ ...box, score: shortened(box.score)! })),
});

interface JudgePlaces {
  readonly blobs: Blobs;
  readonly cache: string;
  readonly folder: string;
  readonly process: InspectionProcess;
}

/** Judges the pinned picture again by the pinned model. */
export function judgeMethod({ blobs, cache, folder, process }: JudgePlaces): EvidenceMethod {
  return {
    id: judgeMethodId,
    version: '1',
    description: 'Judges the picture of a part again by the model that judged it.',
    async run(_parameters, [model, picture]): Promise<JudgeOutput> {
      const hashOf = (input: { readonly reference: unknown } | undefined) =>
        (input!.reference as { hash: string }).hash;
      const path = await localBlob(blobs, hashOf(model), folder);
      return outputOf(await process.judge({ model: path, picture: await blobs.read(hashOf(picture)), cache }));
    },
  };
}
