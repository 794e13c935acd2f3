import type { Detected } from '../observation.ts';
import { trackOffline } from '../tracking/offline.ts';
import { trackerDefaults } from '../tracking/options.ts';
import { createTracker } from '../tracking/tracker.ts';
import { byFrame, type MotRow } from './mot-rows.ts';
import { areSure, scoresByPersistence } from './score-scale.ts';

/**
 * Public detections come from two-stage detectors, whose scores crowd close below 1 (of those tried, nine of ten are above
 * 0.8): what is below 0.7 is mostly wrong there, where a one-stage detector would still be right.
 */
const scoreLevels = { highScore: 0.7, birthScore: 0.8, scoredLabels: ['object'] };

export interface TrackRowsOptions {
  readonly fps: number;
  /** Number of frames. */
  readonly length: number;
  /** Of the picture in pixels. */
  readonly width: number;
  readonly height: number;
  /** `offline`: with gaps filled and the first boxes given back. `online`: what was known at each frame. */
  readonly mode: 'offline' | 'online';
}

/** Milliseconds of a frame, from 1. Not rounded to whole ones: equal steps of time make equal predictions. */
export const timeOfFrame = (frame: number, fps: number): number => ((frame - 1) * 1000) / fps;

/** Frames with detections, each with as many after it as a track can live on without any; a lone far number costs nothing. */
function framesOf(detected: number[], length: number, after: number): number[] {
  const numbers: number[] = [];
  const sorted = detected.sort((a, b) => a - b);
  sorted.forEach((frame, index) => {
    const end = Math.min(sorted[index + 1] ?? length + 1, frame + after, length + 1);
    for (let number = frame; number < Math.max(end, frame + 1); number++) numbers.push(number);
  });
  return numbers;
}

/** Joins the detections of a MOTChallenge file, all of one class, into tracks. */
export function trackRows(
  rows: readonly MotRow[],
  { fps, length, width, height, mode }: TrackRowsOptions,
): { tracked: MotRow[]; scores: 'as given' | 'by persistence' } {
  const asGiven = areSure(rows);
  const byPersistence = asGiven ? [] : scoresByPersistence(rows);
  const scored = rows.map((row, index) => (asGiven ? row : { ...row, confidence: byPersistence[index]! }));
  const frames = byFrame(scored);
  const detectionsOf = (frame: number): Detected[] =>
    (frames.get(frame) ?? []).map(({ box, confidence }) => ({ box, score: confidence, label: 'object' }));
  const numbers = framesOf([...frames.keys()], length, Math.ceil(trackerDefaults.lostSeconds * fps) + 1);
  const size = { width, height };
  const scores = asGiven ? 'as given' : 'by persistence';
  if (mode === 'online') {
    const tracker = createTracker(scoreLevels);
    const tracked = numbers.flatMap((frame) =>
      tracker
        .update(timeOfFrame(frame, fps), detectionsOf(frame), size)
        .filter(({ state }) => state === 'seen')
        .map(({ track, box, score }) => ({ frame, id: track, box, confidence: score })),
    );
    return { tracked, scores };
  }
  const moments = numbers.map((frame) => ({ time: timeOfFrame(frame, fps), detections: detectionsOf(frame) }));
  const tracked = trackOffline(moments, size, scoreLevels).flatMap(({ track, boxes }) =>
    boxes.map(({ index, box, score }) => ({ frame: numbers[index]!, id: track, box, confidence: score })),
  );
  return { tracked, scores };
}
