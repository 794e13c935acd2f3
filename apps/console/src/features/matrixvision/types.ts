import type { paths } from '../../api/generated/schema.d.ts';
import type { Answer, Item } from '../../api/types.ts';

type Answered<P, Status extends number> = P extends {
  responses: { [status in Status]: { content: { 'application/json': infer B } } };
}
  ? B
  : never;
type Body<P> = P extends { requestBody: { content: { 'application/json': infer B } } } ? B : never;

export type Camera = Item<'/api/matrixvision/cameras'>;
export type CameraState = Camera['state'];
export type NewCamera = Body<paths['/api/matrixvision/cameras']['post']>;
export type CameraChange = Body<paths['/api/matrixvision/cameras/{id}']['patch']>;
export type CameraEvent = Item<'/api/matrixvision/events'>;
export type EventFilter = NonNullable<paths['/api/matrixvision/events']['get']['parameters']['query']>;
export type RulePrecision = Item<'/api/matrixvision/events/precision'>;
export type RuleSet = Answer<'/api/matrixvision/cameras/{id}/rules'>;
export type StoredCrossing = Item<'/api/matrixvision/crossings'>;
export type CountRow = Item<'/api/matrixvision/crossings/counts'>;

export type Models = Answer<'/api/matrixvision/models'>;
export type OwnModel = Models['items'][number];
export type BundledModel = Models['bundled'][number];
export type TriedModel = Answered<paths['/api/matrixvision/models/try']['post'], 200>;
export type DescribedModel = Answered<paths['/api/matrixvision/models/describe']['post'], 200>;
export type ModelTrial = Body<paths['/api/matrixvision/models/try']['post']>;
export type NewModel = Body<paths['/api/matrixvision/models']['post']>;

/** x and y in fractions of the picture, as in a rules file. */
export type Drawn = readonly [x: number, y: number];

export type Attribute = Item<'/api/matrixvision/attributes'>;
export type NewAttribute = Body<paths['/api/matrixvision/attributes']['post']>;
export type AttributeUse = Body<paths['/api/matrixvision/attributes/{id}/use']['put']>;
export type BodyPart = Attribute['part'];
export type Example = Item<'/api/matrixvision/attributes/{id}/examples'>;
export type NewExample = Body<paths['/api/matrixvision/attributes/{id}/examples']['post']>['examples'][number];
export type Candidate = Item<'/api/matrixvision/attributes/{id}/candidates'>;
export type AttributeVersion = Item<'/api/matrixvision/attributes/{id}/versions'>;
export type OnvifCamera = Answered<paths['/api/matrixvision/discovery']['post'], 200>['items'][number];
export type OnvifStreams = Answered<paths['/api/matrixvision/discovery/streams']['post'], 200>;
