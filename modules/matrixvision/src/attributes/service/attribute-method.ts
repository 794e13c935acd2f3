import type { Blobs } from '@millwright/blobs';
import type { EvidenceMethod } from '@millwright/ledger';
import type { BodyPart } from '../parts/body-part.ts';
import { decodePatch } from '../pictures/patch-file.ts';
import { type Example, teachingVersion } from '../teaching/teach.ts';
import { teachOnThread } from '../work/teach-on-thread.ts';

export const attributeMethodId = 'matrixvision.attribute';

export interface AttributeParameters {
  readonly name: string;
  readonly part: BodyPart;
  readonly seed: number;
  /** In the order of the finding's inputs, which are the patches. */
  readonly examples: readonly { readonly id: string; readonly present: boolean; readonly group: string }[];
}

type Follow = { signal?: AbortSignal; progress?(share: number): void };

/** Teaches anew from the patches that are pinned. `followed` lets the one who started it see how far it is. */
export function attributeMethod(blobs: Blobs, followed: () => Follow | undefined): EvidenceMethod {
  return {
    id: attributeMethodId,
    version: teachingVersion,
    description:
      'Learns an attribute of a part of people from examples: colours in CIE Lab by soft bands; kernel logistic regression (Zhu and Hastie, 2005), shrunken linear discriminant (Friedman, 1989) or nearest neighbours, chosen and judged by nested cross-validation (Varma and Simon, 2006) with whole groups on one side, calibrated after Platt (1999).',
    async run(parameters, inputs) {
      const { name, part, seed, examples } = parameters as AttributeParameters;
      const follow = followed();
      const read: Example[] = [];
      for (const [at, { id, present, group }] of examples.entries()) {
        const { hash } = inputs[at]!.reference as { hash: string };
        read.push({ id, present, group, patch: await decodePatch(await blobs.read(hash), id) });
      }
      return teachOnThread({ name, part, seed, examples: read }, follow);
    },
  };
}
