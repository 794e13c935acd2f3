import type { paths } from '../../api/generated/schema.d.ts';
import type { Answer, Item } from '../../api/types.ts';

type Body<P> = P extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;

export type Channel = Item<'/api/cloud/alerts/channels'>;
export type NewChannel = Body<paths['/api/cloud/alerts/channels']['post']>;
export type ChannelChange = Body<paths['/api/cloud/alerts/channels/{id}']['patch']>;
export type Delivery = Item<'/api/cloud/alerts/deliveries'>;
export type DeliveryDetail = Answer<'/api/cloud/alerts/deliveries/{id}'>;
export type AlertGroup = Item<'/api/cloud/alerts/groups'>;
export type Alert = AlertGroup['newest'];
export type AlertDetail = Answer<'/api/cloud/alerts/{id}'>;
export type AlertStep = Body<paths['/api/cloud/alerts/handle']['post']>;
export type Severity = Delivery['severity'];
export type AlertText = Delivery['title'];

export const deliveryStates = ['waiting', 'delivered', 'undelivered', 'cancelled'] as const;
/** Which alerts the list shows; `unresolved` first: what there is to do. */
export const alertViews = ['unresolved', 'open', 'acknowledged', 'resolved', 'all'] as const;
