import type { PictureConditions } from '../drift/picture-conditions.ts';
import type { Judgement } from '../kinds/inspection.ts';
import type { DrawnRegion } from '../labelling/region.ts';
import type { SuggestedRegion } from '../labelling/suggest-regions.ts';
import type { Calibration } from '../measuring/calibration.ts';
import type { DatumPose, MeasuredFeature } from '../measuring/measure-picture.ts';
import type { MeasuringPlan } from '../measuring/plan.ts';
import type { StudyPlace } from '../measuring/study-place.ts';
import type { Reading } from '../model-file/model-file.ts';

export interface PartFile {
  /** By what it is told apart: the hash of the file. */
  readonly name: string;
  /** What people call it. */
  readonly fileName: string;
  readonly group: string;
  readonly path: string;
  readonly pixels?: number;
  readonly reading?: Reading | undefined;
}

export interface DefectFile extends PartFile {
  readonly className: string;
  readonly width: number;
  readonly height: number;
  readonly regions: readonly DrawnRegion[];
}

/** A kind with what it learns from. */
export interface KindRequest {
  readonly kind: string;
  readonly good: readonly PartFile[];
  readonly defects: readonly DefectFile[];
  /** Of the kind. */
  readonly settings: unknown;
  readonly cache: string;
}

export interface TrainRequest extends KindRequest {
  readonly seed: number;
  /** At most so many per 1,000 good parts. */
  readonly falseRejects: number;
  /** Whether it goes on where the same training was cut; a proof does everything itself. */
  readonly resume: boolean;
  /** Where the model is written to. */
  readonly out: string;
}

export interface JudgeRequest {
  /** Path of the model, named after its content. */
  readonly model: string;
  readonly picture: Uint8Array;
  readonly cache: string;
}

export interface ConfirmedFile extends PartFile {
  readonly className: string;
}

/** What is known is given as files; crops are cut from them. */
export interface ExplainRequest extends JudgeRequest {
  readonly good: readonly PartFile[];
  readonly defects: readonly DefectFile[];
  /** Parts that people rejected at the line, the newest first; nobody drew where. */
  readonly confirmed: readonly ConfirmedFile[];
  /** What errors call the model. */
  readonly name: string;
}

/** A model that pictures will be judged by. */
export type OpenRequest = Omit<JudgeRequest, 'picture'>;

/** A kind that learns nothing, with its settings, on one picture. */
export interface TryRequest {
  readonly kind: string;
  readonly settings: unknown;
  readonly picture: Uint8Array;
  readonly reading: Reading | undefined;
  readonly cache: string;
}

/** What a kind says of a picture by settings that nobody has kept. */
export interface Tried extends Omit<Judgement, 'heatmap'> {
  /** Of a measuring plan: each feature, and the edges that were found for it. */
  readonly measured: MeasuredPart | null;
}

export interface MeasuredPart {
  readonly features: readonly MeasuredFeature[];
  readonly datum: DatumPose | null;
  /** By the feature's name: x and y in turn, pixels. */
  readonly edges: Readonly<Record<string, readonly number[]>>;
}

/** Pictures to measure again and again for a gauge study. */
export interface StudyRequest {
  readonly plan: MeasuringPlan;
  readonly calibration: Calibration | null;
  readonly pictures: readonly (StudyPlace & Pick<PartFile, 'fileName' | 'path' | 'reading'>)[];
}

/** A judgement with its heat map as a PNG. */
export interface Judged extends Omit<Judgement, 'heatmap'> {
  readonly threshold: number | null;
  readonly conditions: PictureConditions;
  readonly heatmap: Uint8Array | null;
}

export interface RetuneRequest {
  /** Path of the model. */
  readonly model: string;
  readonly threshold: number;
  /** Where the same model with this threshold is written to. */
  readonly out: string;
}

/** A judgement with what it says of where, for people who label. */
export interface Suggested extends Pick<Judgement, 'verdict' | 'class' | 'score'> {
  readonly threshold: number | null;
  readonly regions: readonly SuggestedRegion[];
}

export type Ask = { readonly id: number } & (
  | { readonly do: 'train'; readonly request: TrainRequest }
  | { readonly do: 'judge' | 'suggest'; readonly request: JudgeRequest }
  | { readonly do: 'explain'; readonly request: ExplainRequest }
  | { readonly do: 'open'; readonly request: OpenRequest }
  | { readonly do: 'estimate'; readonly request: KindRequest }
  | { readonly do: 'try'; readonly request: TryRequest }
  | { readonly do: 'retune'; readonly request: RetuneRequest }
  | { readonly do: 'study'; readonly request: StudyRequest }
  | { readonly do: 'cancel' }
);

export type Answer = { readonly id: number } & (
  | { readonly progress: number; readonly message?: string | undefined }
  | { readonly value: unknown }
  | {
      readonly error: {
        readonly code: string;
        readonly status: number;
        readonly message: string;
        readonly details: unknown;
      } | null;
      readonly reason: string;
    }
);
