/** Door ./analyse of matrixvision: a whole video looked at without a server, for other programs and benchmarks. */
export { type AnalyseOptions, analyseVideo, motTracks, type VideoAnalysis } from './analyse/analyse-video.ts';
export type { DetectionProgress, DetectionRate } from './analyse/detect-in-video.ts';
export type { VideoPart } from './analyse/video-part.ts';
export { evenScore, ownScore } from './pipeline/even-score.ts';
