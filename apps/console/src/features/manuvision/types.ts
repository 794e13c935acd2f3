import type { paths } from '../../api/generated/schema.d.ts';
import type { Answer, Item } from '../../api/types.ts';

type Body<P> = P extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;

export type Dataset = Item<'/api/manuvision/datasets'>;
export type NewDataset = Body<paths['/api/manuvision/datasets']['post']>;
export type DatasetChange = Body<paths['/api/manuvision/datasets/{id}']['patch']>;
/** Colours of a sensor's upper left four pixels. */
export const bayerPatterns = ['rggb', 'bggr', 'grbg', 'gbrg'] as const satisfies readonly DatasetChange['bayer'][];
export type PartPicture = Item<'/api/manuvision/datasets/{id}/pictures'>;
export type PictureFilter = NonNullable<paths['/api/manuvision/datasets/{id}/pictures']['get']['parameters']['query']>;
export type DatasetVersion = Item<'/api/manuvision/datasets/{id}/versions'>;
export type Label = PartPicture['label'];
export type PictureLabels = Answer<'/api/manuvision/datasets/{id}/pictures/{picture}/labels'>;
export type LabelHistory = Item<'/api/manuvision/datasets/{id}/pictures/{picture}/labels/history'>;

export type ExportReport = Answer<'/api/manuvision/datasets/{id}/export'>;
export type ExportFormat = ExportReport['format'];
/** Result of the job that takes a ZIP in. */
export interface ImportResult {
  readonly added: number;
  readonly good: number;
  /** Pictures of defects by class. */
  readonly classes: Readonly<Record<string, number>>;
  readonly regions: number;
  readonly duplicates: number;
  readonly leftOut: ExportReport['unsaid'];
  readonly refused: readonly {
    readonly name: string;
    readonly error: { readonly code: string; readonly message: string; readonly details: Record<string, unknown> };
  }[];
}

export type Inspection = Item<'/api/manuvision/inspections'>;
export type KindSettings = Inspection['settings'];
export type Tried =
  paths['/api/manuvision/datasets/{id}/pictures/{picture}/try']['post']['responses'][200]['content']['application/json'];
export type InspectionChange = Body<paths['/api/manuvision/inspections/{id}']['patch']>;
export type NewInspection = Body<paths['/api/manuvision/inspections']['post']>;
export type Version = Item<'/api/manuvision/inspections/{id}/versions'>;

export type GaugeStudy = Item<'/api/manuvision/inspections/{id}/studies'>;
export type StudiedFeature = GaugeStudy['features'][number];
export type StudyInput = Body<paths['/api/manuvision/inspections/{id}/study']['post']>;

export type Station = Item<'/api/manuvision/stations'>;
export type NewStation = Body<paths['/api/manuvision/stations']['post']>;
export type StationChange = Body<paths['/api/manuvision/stations/{id}']['put']>;
export type StationFigures = Answer<'/api/manuvision/stations/{id}/figures'>;
export type Verdict = Item<'/api/manuvision/stations/{id}/verdicts'>;
export type VerdictKind = Verdict['verdict'];

export type ExplainedPlace = Answer<'/api/manuvision/stations/{id}/verdicts/{verdict}/explanation'>['places'][number];

export type Drift = Answer<'/api/manuvision/stations/{id}/drift'>;
export type DriftOf = Drift['quantities'][number];
export type DriftEvent = Drift['events'][number];

export type Proposal = Item<'/api/manuvision/stations/{id}/proposals'>;
export type Decision = Body<paths['/api/manuvision/stations/{id}/proposals/{proposal}/decision']['put']>;

export type Lot = Item<'/api/manuvision/stations/{id}/lots'>;
export type ReportInput = Body<paths['/api/manuvision/stations/{id}/lots/{lot}/reports']['post']>;
