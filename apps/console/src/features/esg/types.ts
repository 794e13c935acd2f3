import type { paths } from '../../api/generated/schema.d.ts';
import type { Answer, Item } from '../../api/types.ts';

/** What a POST of this path makes. */
type Made<P extends keyof paths> = paths[P] extends {
  post: { responses: { 201: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;
/** What a POST of this path takes. */
type Body<P extends keyof paths> = paths[P] extends {
  post: { requestBody?: { content: { 'application/json': infer T } } };
}
  ? T
  : never;

export type Factor = Item<'/api/esg/factors'>;
export type FactorFamily = Factor['family'];
export type FactorQuery = NonNullable<paths['/api/esg/factors']['get']['parameters']['query']>;
export type FactorChange = Body<'/api/esg/factors/{id}/supersede'>['change'];
export type FactorImportRequest = Body<'/api/esg/factors/import'>;
export type FactorImport = paths['/api/esg/factors/import']['post']['responses'][200]['content']['application/json'];

export type Figure = Item<'/api/esg/figures'>;
export type FigureType = Figure['type'];

export type Inventory = Omit<Made<'/api/esg/inventory'>, 'evidence'>;
export type InventoryRequest = Body<'/api/esg/inventory'>;
export type LineSource = Inventory['sources'][number]['sources'][number];
export type EmissionResult = Inventory['result'];
export type EmissionLine = EmissionResult['lines'][number];
export type EmissionWarning = EmissionResult['warnings'][number];
export type TotalKey = EmissionResult['incomplete'][number];
export type GridFamily = NonNullable<InventoryRequest['family']>;
/** What a figure says beside its numbers; `about` is the line or year that it speaks of. */
export type Note = KpiTable['notes'][number];
export type EmissionRequest = Body<'/api/esg/emissions'>;
export type EmissionAnswer = Made<'/api/esg/emissions'>;
export type FactorUse = EmissionResult['factors'][number];

export type KpiTable = Omit<Made<'/api/esg/kpi'>, 'evidence'>;
export type KpiKey = KpiTable['incomplete'][string][number];
export type KpiFileRequest = Body<'/api/esg/kpi/file'>;
export type KpiDatabaseRequest = Body<'/api/esg/kpi'>;

export type Activity = Item<'/api/esg/activity'>;
export type ActivityKind = Activity['statement']['kind'];
export type ActivityEntry = Body<'/api/esg/activity'>;
export type ActivityImport = Made<'/api/esg/activity/import'>;

export type SteamMeter = Answer<'/api/esg/steam-meters'>['items'][number];
export type SteamState = SteamMeter['steam'];

export type Certificate = Item<'/api/esg/certificates'>;
export type CertificateEntry = Body<'/api/esg/certificates'>;

export type Restatement = Answer<'/api/esg/restatements'>['items'][number];
export type RestatementRequest = Body<'/api/esg/restatements'>;
export type RestatedTotals = Restatement['figures'][number]['restatement']['totals'];

/** A stored document that a statement rests on. */
export interface StoredDocument {
  readonly hash: string;
  readonly name: string;
}
