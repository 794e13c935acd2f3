import type { paths } from './generated/schema.d.ts';

type Get<P extends keyof paths> = paths[P] extends { get: { responses: { 200: { content: infer C } } } } ? C : never;

/** What a GET of this path answers. */
export type Answer<P extends keyof paths> = Get<P> extends { 'application/json': infer T } ? T : never;

/** One item of a path that answers `{ items: […] }`. */
export type Item<P extends keyof paths> = Answer<P> extends { items: (infer T)[] } ? T : never;

export type Job = Item<'/api/jobs'>;
export type JobState = Job['state'];
export type LedgerEntry = Item<'/api/ledger/entries'>;
export type EvidenceMethod = Item<'/api/ledger/methods'>;
export type Session = Answer<'/api/session'>;
export type User = Item<'/api/access/users'>;
export type Role = User['role'];
export type Token = Item<'/api/access/tokens'>;
export type SystemStatus = Answer<'/api/system'>;
export type PlantNode = Item<'/api/cloud/tree'>;
export type NodeKind = PlantNode['kind'];
export type Source = Item<'/api/cloud/sources'>;
export type Point = Item<'/api/cloud/points'>;
export type Trend = Answer<'/api/cloud/points/{id}/trend'>;
export type DeliveryHour = Item<'/api/cloud/delivery'>;
export type DeliveryState = DeliveryHour['state'];
export type Rejection = Item<'/api/cloud/rejections'>;
export type ImportEntry = Item<'/api/cloud/imports'>;
export type BrokerClient = Item<'/api/cloud/broker-clients'>;
