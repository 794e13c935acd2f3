import { seededRandom, shuffled } from '@millwright/imaging';
import { withConditions } from '../drift/conditions-file.ts';
import { type TrainingConditions, trainingConditions } from '../drift/drift-watch.ts';
import { observedParts } from '../drift/observed-parts.ts';
import type { InspectionKind, LabelledPicture, PartPicture, TrainingParts, Work } from '../kinds/inspection.ts';
import { settingsOf } from '../kinds/settings-of.ts';
import type { HeldOutScore, ModelFile, Reading } from '../model-file/model-file.ts';
import { decodeModelFile } from '../model-file/read-model-file.ts';
import { encodeModelFile } from '../model-file/write-model-file.ts';
import { compareJudgements, type Parity } from '../parity/parity.ts';
import { openPlain } from '../parity/plain-inspection.ts';
import { crossFit } from '../threshold/cross-fit.ts';
import { independentParts } from '../threshold/independent-parts.ts';
import { type Misses, missesOf } from '../threshold/misses.ts';
import { type Promise1000, promiseOf } from '../threshold/promise.ts';
import { type Suspect, suspectsAmong } from '../threshold/suspects.ts';
import { certified } from './certified.ts';
import { trainingErrors } from './errors.ts';

export interface Training {
  readonly kind: InspectionKind;
  readonly parts: TrainingParts;
  readonly settings: unknown;
  readonly seed: number;
  /** At most so many false rejects per 1,000 good parts. */
  readonly falseRejects: number;
  /** How the parts are read; kept in the card. */
  readonly reading?: Reading;
}

export interface Trained {
  readonly model: ModelFile;
  /** Null where the kind has no score, or where there are too few good parts to hold any out. */
  readonly promise: Promise1000 | null;
  /** Of defects that the model did not learn from, at the promise; null where there are none, or the kind has no threshold. */
  readonly misses: Misses | null;
  /** What light, focus, place and scores were like; in the model too. */
  readonly conditions: TrainingConditions;
  readonly suspects: readonly Suspect[];
  readonly parity: Parity;
}

/**
 * Trains, sets the threshold by the promise about false rejects, and certifies that the file judges as the training path does. The same parts,
 * settings and seed give the same bytes.
 *
 * Throws MANUVISION_SETTINGS_INVALID, MANUVISION_PARITY_BROKEN.
 */
export async function trainInspection(training: Training, work: Work): Promise<Trained> {
  const { kind, seed, falseRejects, reading } = training;
  const settings = settingsOf(kind, training.settings);
  const observed = observedParts(training.parts);
  const { parts } = observed;
  const own = await kind.train(parts, settings, seed, share(work, 0, 0.5));
  const scores =
    own.card.threshold === null
      ? []
      : (own.card.heldOut ?? (await crossFit(kind, parts, settings, seed, share(work, 0.5, 0.85))));
  const heldOut = withGroups(scores, parts.good);
  const goodScores = heldOut.map(({ score }) => score);
  const promise = promiseOf(goodScores, falseRejects, independentParts(heldOut)) ?? null;
  const conditions = trainingConditions(await observed.conditions(work.signal), goodScores);
  const limited = withConditions(withThreshold(own, heldOut, promise), conditions);
  const model = reading ? { ...limited, card: { ...limited.card, reading } } : limited;
  const misses = await missesAt(kind, model, parts.defects, share(work, 0.85, 0.9));
  const parity = await certify(kind, model, picturesToCompare(parts, seed), share(work, 0.9, 1));
  return { model, promise, misses, conditions, suspects: suspectsAmong(heldOut), parity };
}

/** By the kind's own held-out scores where it learns from defects; else by the model, which has never seen them. */
async function missesAt(
  kind: InspectionKind,
  model: ModelFile,
  defects: readonly LabelledPicture[],
  work: Work,
): Promise<Misses | null> {
  const { threshold, heldOutDefects } = model.card;
  if (threshold === null || defects.length === 0) return null;
  if (heldOutDefects)
    return (
      missesOf(
        heldOutDefects.map(({ score }) => score),
        threshold,
      ) ?? null
    );
  const inspection = await kind.open(model, work);
  try {
    const scores: number[] = [];
    for (const [at, part] of defects.entries()) {
      work.signal.throwIfAborted();
      work.progress(at / defects.length, part.name);
      const { score } = await inspection.judge(await part.read());
      if (score !== null) scores.push(score);
    }
    return missesOf(scores, threshold) ?? null;
  } finally {
    await inspection.close();
  }
}

function withGroups(scores: readonly HeldOutScore[], parts: readonly PartPicture[]): HeldOutScore[] {
  const groups = new Map(parts.map(({ name, group }) => [name, group]));
  return scores.map(({ name, score }) => {
    const group = groups.get(name) ?? name;
    return group === name ? { name, score } : { name, score, group };
  });
}

function withThreshold(model: ModelFile, heldOut: readonly HeldOutScore[], promise: Promise1000 | null): ModelFile {
  const threshold = promise?.threshold ?? model.card.threshold;
  return { ...model, card: { ...model.card, threshold, ...(heldOut.length > 0 ? { heldOut } : {}) } };
}

/** What trained judges against what comes back from the bytes of the file. */
async function certify(
  kind: InspectionKind,
  model: ModelFile,
  pictures: readonly PartPicture[],
  work: Work,
): Promise<Parity> {
  const trained = await (kind.openTrained?.(model, work) ?? kind.open(model, work));
  try {
    const bytes = encodeModelFile(model);
    const exported = await kind.open(decodeModelFile(bytes, 'the exported model'), work);
    const plain = kind.shown && model.card.threshold !== null ? await openPlain(bytes, kind.shown(model)) : null;
    try {
      const compared = await compareJudgements(trained, exported, plain, pictures, work);
      const changedDecisions = compared.changedDecisions + (compared.plainRuntime?.changedDecisions ?? 0);
      if (changedDecisions > 0) throw trainingErrors.MANUVISION_PARITY_BROKEN({ ...compared, changedDecisions });
      return compared;
    } finally {
      await plain?.close();
      await exported.close();
    }
  } finally {
    await trained.close();
  }
}

function picturesToCompare({ good, defects }: TrainingParts, seed: number): readonly PartPicture[] {
  const random = seededRandom(seed);
  const some = (all: readonly (PartPicture | LabelledPicture)[], most: number) => shuffled(all, random).slice(0, most);
  const bad = some(defects, certified / 2);
  return [...some(good, certified - bad.length), ...bad];
}

/** Progress of a part of the work. */
const share = (work: Work, from: number, to: number): Work => ({
  ...work,
  progress: (fraction, message) => work.progress(from + (to - from) * fraction, message),
});
