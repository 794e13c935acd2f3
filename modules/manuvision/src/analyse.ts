/** What ManuVision does to pictures without a server, for other programs and benchmarks. */
export { anomalyKind } from './anomaly/anomaly-kind.ts';
export { anomalySettingsSchema } from './anomaly/anomaly-settings.ts';
export { classesKind } from './classify/classes-kind.ts';
export { classifiedPictures } from './classify/classified-pictures.ts';
export { drawShots } from './classify/draw-shots.ts';
export type { CodeRead } from './codes/code-read.ts';
export { damagedCode } from './codes/damage/damaged-code.ts';
export { damages } from './codes/damage/damages.ts';
export { sampleFormats } from './codes/damage/sample-codes.ts';
export { type CodesAnswer, readCodes, readFrames } from './codes/read-codes.ts';
export { codesSettingsSchema } from './codes/settings.ts';
export { decode as decodeCodesPlainly } from './codes/zxing.ts';
export { openSource } from './datasets/open-source.ts';
export { readMaskFile } from './datasets/read-picture-file.ts';
export { defectsKind } from './defects/defects-kind.ts';
export type { InspectionKind, LabelledPicture, Work } from './kinds/inspection.ts';
export { calibratePictures } from './measuring/calibrate-pictures.ts';
export { type MeasuredFeature, measurePicture } from './measuring/measure-picture.ts';
export { planeWorld } from './measuring/world.ts';
export { areaUnderRoc } from './metrics/area-under-roc.ts';
export type { ModelFile } from './model-file/model-file.ts';
export { dialOptionsSchema } from './reading/dial/dial-options.ts';
export { openDialReader } from './reading/dial/open-dial-reader.ts';
export { openDigitReader } from './reading/digit/open-digit-reader.ts';
export { networkFile } from './reading/network-file.ts';
export type { Reader, Reading } from './reading/reader.ts';
export { ocrFile } from './reading/text/ocr-models.ts';
export { openTextReader } from './reading/text/open-text-reader.ts';
export { parseBoxes } from './template/box-file.ts';
export {
  type DetectionScores,
  detectionScores,
  type ScoredPicture,
  usualOverlap,
} from './template/detection-scores.ts';
export { findBoxFiles, findPairs } from './template/find-pairs.ts';
export { type JudgedPair, judgePairs } from './template/judge-pairs.ts';
export { templateSettingsSchema } from './template/template-settings.ts';
