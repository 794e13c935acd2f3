import type { paths } from '../../api/generated/schema.d.ts';
import type { Answer, Item } from '../../api/types.ts';

export type Box = Item<'/api/cloud/edge/boxes'>;
export type BoxDetail = Answer<'/api/cloud/edge/boxes/{id}'>;
export type BoxPart = BoxDetail['parts'][number];
export type Rollout = Item<'/api/cloud/edge/rollouts'>;
export type NewRollout = paths['/api/cloud/edge/rollouts']['post']['requestBody']['content']['application/json'];
