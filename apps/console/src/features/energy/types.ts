import type { paths } from '../../api/generated/schema.d.ts';
import type { Answer } from '../../api/types.ts';

type Posted<P extends keyof paths> = paths[P] extends {
  post: { responses: { 200: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;

export type Report = Posted<'/api/energy/reports'>;
export type Profile = Answer<'/api/energy/profile'>;
export type HeatMap = Answer<'/api/energy/heat-map'>;
export type Consumption = Answer<'/api/energy/consumption'>;
export type CarrierConsumption = Consumption['carriers'][number];
export type Carrier = CarrierConsumption['carrier'];
export type BalanceNode = CarrierConsumption['nodes'][number];
export type MeteringError = CarrierConsumption['errors'][number];
export type Comparison = NonNullable<CarrierConsumption['comparison']>['before'];
export type Flow = Answer<'/api/energy/sankey'>;
export type Specific = Answer<'/api/energy/specific'>;
export type Tariff = Answer<'/api/energy/tariffs'>['items'][number];
export type Assignment = Answer<'/api/energy/tariffs/assignments'>['items'][number];
export type Bill = Posted<'/api/energy/bills'>;
export type Overview = Answer<'/api/energy/overview'>;
export type CarrierOverview = Overview['sites'][number]['carriers'][number];
export type SiteCost = Answer<'/api/energy/costs'>['items'][number];

type Created<P extends keyof paths> = paths[P] extends {
  post: { responses: { 201: { content: { 'application/json': infer T } } } };
}
  ? T
  : never;
export type Baseline = Posted<'/api/energy/baselines'>;
export type Measure = Answer<'/api/energy/measures'>['items'][number];
export type Savings = Posted<'/api/energy/measures/{id}/savings'>;
export type Advice = Created<'/api/energy/advice'>;
