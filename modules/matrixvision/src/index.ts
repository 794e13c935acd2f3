/** Door 1 of matrixvision: schemas, types and pure functions; safe in a browser and on the edge. */

export { type CardSource, cardSchema, type ModelCard } from '@millwright/inference/card';
export { cutPatch, patchSide } from './attributes/features/cut-patch.ts';
export { leastConfidence } from './attributes/learning/decision.ts';
export { randomFrom, shuffled } from './attributes/learning/random.ts';
export { type BodyPart, bodyParts, type PartRegion, type PartView } from './attributes/parts/body-part.ts';
export { viewPart } from './attributes/parts/view-part.ts';
export { type AttributeModel, parseAttributeModel } from './attributes/teaching/attribute-model.ts';
export { type Example, type Taught, teach } from './attributes/teaching/teach.ts';
export { AttributeReader, type ReadableFrame } from './attributes/verdicts/attribute-reader.ts';
export { Judge } from './attributes/verdicts/judge.ts';
export { TrackVotes } from './attributes/verdicts/track-votes.ts';
export { type CameraState, cameraSettings } from './cameras/schemas.ts';
export { matrixvisionErrors } from './errors.ts';
export { evaluateTracking, type TrackingScores } from './evaluation/evaluate.ts';
export { type Anchor, anchorInPicture, anchorPoint, anchors } from './geometry/anchor.ts';
export { intersectionOverUnion, type Size } from './geometry/box.ts';
export type { Point } from './geometry/point.ts';
export { byFrame, formatMotRows, type MotRow, parseMotRows } from './mot/mot-rows.ts';
export { parseSequenceInfo, type SequenceInfo } from './mot/sequence-info.ts';
export { type TrackRowsOptions, timeOfFrame, trackRows } from './mot/track-rows.ts';
export { networkOf } from './networks/network-of.ts';
export type { Box, CameraHealth, Detected, Observation, TrackedObject } from './observation.ts';
export { defaultModel } from './pipeline/default-model.ts';
export type { CommonSettings } from './rules/common-settings.ts';
export { createRules, type RuleEngine } from './rules/engine.ts';
export { type GroundFit, groundFit } from './rules/ground-fit.ts';
export { kindTitles } from './rules/kind-titles.ts';
export { ruleKinds } from './rules/registry.ts';
export type { Counts, Crossing, Doubt, Placed, RuleEvent, RuleKind } from './rules/rule.ts';
export { parseRules, type RulesFile, rulesFileSchema, rulesJsonSchema } from './rules/rules-file.ts';
export { createSchedule, type Schedule, scheduleSchema } from './rules/schedule.ts';
export { type DetectionFrame, type OfflineOptions, trackOffline, type WholeTrack } from './tracking/offline.ts';
export { type TrackerOptions, trackerDefaults } from './tracking/options.ts';
export { createTracker, type Tracker } from './tracking/tracker.ts';
export { byQuarterHour, type CrossingQuestion, type QuarterHour, whoCrossed } from './tracks/analysis/crossings.ts';
export { type DwellTime, dwellTimes } from './tracks/analysis/dwell-times.ts';
export { type TrackHeatMap, trackHeatMap } from './tracks/analysis/heat-map.ts';
export { type TrackPath, trackPaths } from './tracks/analysis/paths.ts';
export type { Selection } from './tracks/analysis/selection.ts';
export { quantiseObservation } from './tracks/quantise.ts';
export {
  Recount,
  type Recounted,
  type RecountedRule,
  type Replayed,
  type RuleFigures,
  recount,
  replay,
} from './tracks/replay.ts';
export { decodeTracks, type TrackBlock, TrackDecoder, trackBlocks } from './tracks/track-decoder.ts';
export { encodeTracks, TrackEncoder, trackHead } from './tracks/track-encoder.ts';
