import type { Version } from '../types.ts';

/** How the promise about false rejects was made; rates are per 1,000 good parts. */
export interface PromiseDetails {
  readonly asked: number;
  /** Held-out good parts it rests on, and how many of them would be rejected. */
  readonly goodParts: number;
  readonly rejected: number;
  /** So many more, none of them rejected, would prove what was asked. */
  readonly moreGoodParts: number;
  /** The threshold lies beyond every part seen. */
  readonly isCarriedOn: boolean;
}

/** That the exported file judges as the training path does. */
export interface ParityDetails {
  readonly pictures: number;
  readonly maxScoreDifference: number;
  readonly changedDecisions: number;
  readonly heatmapCorrelation: number | null;
}

/** A good picture that looks unlike the others; named by its hash. */
export interface SuspectDetails {
  readonly hash: string;
  readonly score: number;
}

/** Of known defects that it did not learn from, at the promise; shares from 0 to 1, as a 95 % interval. */
export interface MissesDetails {
  readonly defects: number;
  readonly missed: number;
  readonly low: number;
  readonly high: number;
}

export interface TrainingDetails {
  readonly misses: MissesDetails | undefined;
  readonly promise: PromiseDetails | undefined;
  readonly parity: ParityDetails | undefined;
  readonly suspects: readonly SuspectDetails[];
  /** Groups of pictures that show the same. */
  readonly alike: number;
}

type Loose = Readonly<Record<string, unknown>>;

const looseOf = (value: unknown): Loose | undefined =>
  typeof value === 'object' && value !== null ? (value as Loose) : undefined;
const numberOf = (value: unknown): number => (typeof value === 'number' ? value : Number.NaN);

/** What the page knows of a training's details: each kind of inspection says what it can, and nothing else is shown. */
export function trainingDetails({ details }: Pick<Version, 'details'>): TrainingDetails {
  const promise = looseOf(details.promise);
  const misses = looseOf(details.misses);
  const parity = looseOf(details.parity);
  const suspects = Array.isArray(details.suspects)
    ? details.suspects.flatMap((each): Loose[] => [looseOf(each) ?? {}])
    : [];
  return {
    promise: promise && {
      ...{
        asked: numberOf(promise.asked),
        goodParts: numberOf(promise.goodParts),
        rejected: numberOf(promise.rejected),
      },
      moreGoodParts: numberOf(promise.moreGoodParts),
      isCarriedOn: promise.method === 'exponential tail',
    },
    misses: misses && {
      ...{ defects: numberOf(misses.defects), missed: numberOf(misses.missed) },
      ...{ low: numberOf(misses.low), high: numberOf(misses.high) },
    },
    parity: parity && {
      ...{ pictures: numberOf(parity.pictures), maxScoreDifference: numberOf(parity.maxScoreDifference) },
      changedDecisions: numberOf(parity.changedDecisions),
      heatmapCorrelation: typeof parity.heatmapCorrelation === 'number' ? parity.heatmapCorrelation : null,
    },
    suspects: suspects.map(({ name, score }) => ({ hash: String(name), score: numberOf(score) })),
    alike: Array.isArray(details.alike) ? details.alike.length : 0,
  };
}
