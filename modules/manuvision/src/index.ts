/** ManuVision: inspection, reading and measuring of parts. Safe in a browser. */
export type { FoundBox, Judgement } from './kinds/inspection.ts';
export { type Calibration, calibrationSchema } from './measuring/calibration.ts';
export { type Feature, type MeasuringPlan, planSchema } from './measuring/plan.ts';
export type { InspectionCard } from './model-file/model-file.ts';
export { type KeepRules, keepRules } from './stations/keep/keep-rules.ts';
