import { proposeThreshold, type ReviewedPart, type ThresholdProposal } from '../threshold/propose-threshold.ts';

/** What a proposal is worked out from, kept as a file so that it can be worked out again. */
export interface RetuningEvidence {
  /** False rejects per 1,000 good parts at most. */
  readonly asked: number;
  /** Now. */
  readonly threshold: number;
  /** Scores of good parts of the training that were held out. */
  readonly heldOut: readonly number[];
  /** The last parts of the station that this network judged, newest first. */
  readonly parts: readonly LinePart[];
}

export interface LinePart {
  /** Of the verdict. */
  readonly id: string;
  readonly at: string;
  readonly fileName: string;
  readonly score: number;
  readonly verdict: 'ok' | 'ng';
  /** What people said of it. */
  readonly reviewed: 'ok' | 'ng' | null;
}

/** A part of the past that the proposed threshold would have judged otherwise. */
export interface ChangedPart extends LinePart {
  readonly before: 'ok' | 'ng';
  readonly after: 'ok' | 'ng';
}

export interface RetuningResult extends ThresholdProposal {
  /** Parts of the line that were looked at, and what is known of them. */
  readonly parts: { readonly all: number; readonly rejected: number; readonly reviewed: number };
  readonly held: number;
  readonly changedParts: number;
  /** The newest of them. */
  readonly changed: readonly ChangedPart[];
}

/** Most parts that are listed. */
const listed = 100;

/**
 * Works out the threshold anew from what people said of the parts of a station. A passed part that nobody reviewed counts as good:
 * defects are few among them, and those that were found are reviewed as such. Rejected parts count for as many as were rejected, so
 * that it does not matter how many of them were reviewed (Horvitz and Thompson, 1952). Undefined without a good part.
 */
export function workOut({ asked, threshold, heldOut, parts }: RetuningEvidence): RetuningResult | undefined {
  const rejected = parts.filter(({ verdict }) => verdict === 'ng');
  const looked = rejected.filter(({ reviewed }) => reviewed !== null);
  const standsFor = looked.length > 0 ? rejected.length / looked.length : 1;
  const known = parts.flatMap(({ score, verdict, reviewed }): ReviewedPart[] => {
    if (verdict === 'ng') return reviewed === null ? [] : [{ score, good: reviewed === 'ok', standsFor }];
    return [{ score, good: reviewed !== 'ng', standsFor: 1 }];
  });
  const proposal = proposeThreshold(asked, threshold, heldOut, known);
  if (!proposal) return undefined;
  const by = (limit: number, score: number): 'ok' | 'ng' => (score > limit ? 'ng' : 'ok');
  const changed = parts
    .map((part) => ({
      ...{ ...part, before: by(threshold, part.score) },
      after: by(proposal.proposed.threshold, part.score),
    }))
    .filter(({ before, after }) => before !== after);
  const reviewed = parts.filter((part) => part.reviewed !== null).length;
  return {
    ...proposal,
    parts: { all: parts.length, rejected: rejected.length, reviewed },
    ...{ held: heldOut.length, changedParts: changed.length, changed: changed.slice(0, listed) },
  };
}
