/** Drawn camera scenes with their truth: material for tests of video, and the cameras of the sample plant. No real people. */
export { sceneErrors } from './errors.ts';
export type { Waypoint } from './path.ts';
export { type RenderedScene, type RenderSceneOptions, renderScene } from './render-scene.ts';
export { type SampleCamera, sampleCameras } from './sample/sample-cameras.ts';
export { Scene, type SceneBox, type SceneObject, type ScenePicture, type SeenObject } from './scene.ts';
export type { PersonInScene, SceneDefinition, Tampering, ThingInScene } from './scene-definition.ts';
export { gateStage } from './stage/gate.ts';
export type { Stage } from './stage/stage.ts';
export { walkwayStage } from './stage/walkway.ts';
export { yardStage } from './stage/yard.ts';
export { motTruthRows } from './truth/mot-truth.ts';
export { type RuleForTruth, type RuleTruth, type TrueCrossing, type TrueStay, truthOf } from './truth/rules-truth.ts';
