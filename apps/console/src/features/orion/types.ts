import type { Answer, Item } from '../../api/types.ts';

export type Monitor = Item<'/api/orion/monitors'>;
export type MonitorDetail = Answer<'/api/orion/monitors/{id}'>;
export type Proposal = Answer<'/api/orion/monitors/proposal'>;
export type Incident = Item<'/api/orion/incidents'>;
export type IncidentDetail = Answer<'/api/orion/incidents/{id}'>;
export type IncidentSeries = Answer<'/api/orion/incidents/{id}/series'>;
export type Order = Item<'/api/cloud/orders'>;
export type OrderDetail = Answer<'/api/cloud/orders/{id}'>;
