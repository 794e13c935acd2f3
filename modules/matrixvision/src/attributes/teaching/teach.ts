import type { Note } from '@millwright/kernel';
import { attributeErrors } from '../errors.ts';
import { cellsOf } from '../features/cells.ts';
import { describePatch, descriptorVersion } from '../features/describe-patch.ts';
import { chooseAndFit } from '../learning/choose.ts';
import { type CrossValidation, crossValidate } from '../learning/cross-validate.ts';
import { type CurvePoint, learningCurve } from '../learning/learning-curve.ts';
import type { Sample } from '../learning/sample.ts';
import type { BodyPart } from '../parts/body-part.ts';
import type { AttributeModel } from './attribute-model.ts';
import { warningsOf } from './warnings.ts';

/** Counted up whenever the same examples give another model or other figures. */
export const teachingVersion = '1';

export interface Example {
  /** For people: a file's name or an id. */
  readonly id: string;
  /** 48 by 48 pixels, packed RGB; see `cutPatch`. */
  readonly patch: Uint8Array;
  readonly present: boolean;
  /** Track or picture that it comes from. */
  readonly group: string;
}

export interface TeachRequest {
  readonly name: string;
  readonly part: BodyPart;
  readonly examples: readonly Example[];
  readonly seed?: number;
  onProgress?(share: number): void;
}

export interface Doubtful {
  readonly id: string;
  readonly present: boolean;
  /** That the attribute is there, as told from the other examples alone. */
  readonly probability: number;
}

export interface Taught {
  readonly model: AttributeModel;
  readonly examples: { readonly present: number; readonly absent: number; readonly groups: number };
  /** Null where no honest test is possible; a note says so. */
  readonly validation: Omit<CrossValidation, 'probabilities'> | null;
  readonly curve: readonly CurvePoint[];
  /** Examples that the others contradict, the surest contradiction first: a wrong click is among the first. */
  readonly doubtful: readonly Doubtful[];
  readonly notes: readonly Note[];
}

export const mostExamples = 400;
export const defaultSeed = 1;

/**
 * Learns an attribute from examples and says how well, on examples it had not learnt from. The same examples and seed give
 * the same model, bit for bit. Takes seconds: call it in a worker thread.
 * Throws ATTRIBUTE_ONE_CLASS and ATTRIBUTE_TOO_MANY.
 */
export function teach({ name, part, examples, seed = defaultSeed, onProgress }: TeachRequest): Taught {
  const present = examples.filter((example) => example.present).length;
  const absent = examples.length - present;
  if (present < 2 || absent < 2) throw attributeErrors.ATTRIBUTE_ONE_CLASS({ present, absent });
  if (examples.length > mostExamples)
    throw attributeErrors.ATTRIBUTE_TOO_MANY({ count: examples.length, most: mostExamples });
  const samples: Sample[] = examples.map(({ patch, present: here, group }) => ({
    ...{ features: describePatch(patch, part), present: here, group },
  }));
  const { learner, learnt, calibration } = chooseAndFit(samples, seed);
  const validation = crossValidate(samples, {
    ...{ seed, folds: 5, repeats: examples.length <= 100 ? 5 : 2 },
    onProgress: (share) => onProgress?.(0.9 * share),
  });
  const curve = validation ? learningCurve(samples, seed) : [];
  const { probabilities = [], ...figures } = validation ?? {};
  return {
    model: {
      ...{ format: 'millwright-attribute', version: 1, name, part, descriptor: descriptorVersion },
      ...{ learner, learnt: learnt as AttributeModel['learnt'], calibration },
    },
    examples: { present, absent, groups: new Set(samples.map(({ group }) => group)).size },
    validation: validation ? (figures as Omit<CrossValidation, 'probabilities'>) : null,
    curve,
    doubtful: doubtfulOf(examples, probabilities),
    notes: warningsOf(samples, cellsOf[part].length, validation),
  };
}

function doubtfulOf(examples: readonly Example[], probabilities: readonly number[]): Doubtful[] {
  const contradiction = ({ present, probability }: Doubtful) => (present ? 1 - probability : probability);
  return probabilities
    .map((probability, at) => ({ id: examples[at]!.id, present: examples[at]!.present, probability }))
    .filter((one) => contradiction(one) > 0.5)
    .sort((a, b) => contradiction(b) - contradiction(a));
}
