import { type BoxNoise, boxNoise } from './box-filter.ts';

export interface TrackerOptions {
  /** A detection with at least this score is looked for a track first, and may begin one from `birthScore` on. */
  readonly highScore: number;
  /** Detections below are not used at all; those between only keep known tracks alive (ByteTrack). */
  readonly lowScore: number;
  readonly birthScore: number;
  /** As many detections make a track: one alone may be an error of the detector. */
  readonly confirmHits: number;
  /**
   * What is detected with low scores only (bottles, bags, tools: networks are sure of people, less of small things) is taken for
   * real once it moves: after as many detections, over this time, and so far from where it was first seen, in sizes.
   */
  readonly doubtfulHits: number;
  readonly doubtfulSeconds: number;
  readonly doubtfulMove: number;
  /**
   * Labels that are believed by their score alone. Networks are measured on people, and what else of low score looks like one
   * is mostly a sign, a coat or a shadow.
   */
  readonly scoredLabels: readonly string[];
  /** So many of its last sightings a track remembers. */
  readonly keepSightings: number;
  /** A track not yet confirmed ends after as many misses one after the other. */
  readonly tentativeMisses: number;
  /** So long a confirmed track is carried on its own motion while nothing is seen of it, in seconds. */
  readonly carrySeconds: number;
  /** So long a hidden track is remembered and may be joined again, in seconds. */
  readonly lostSeconds: number;
  /** Least overlap (IoU of boxes grown by the uncertainty of the prediction) at which a detection may belong to a track. */
  readonly overlap: number;
  /** The same for detections of low score, which are more often beside the thing. */
  readonly lowOverlap: number;
  /** A step of time longer than this ends all tracks: the camera was away, in seconds. */
  readonly gapSeconds: number;
  /** Weight of the direction of motion against the overlap (OC-SORT's observation-centric momentum). */
  readonly momentum: number;
  /** How much worse a detection fits a track that was not seen in the look before. */
  readonly hidden: number;
  /** Weight of appearance where both sides have one. */
  readonly appearance: number;
  /** Whether to make good for a camera that turns or shakes, as far as the boxes tell. */
  readonly followCamera: boolean;
  /** Labels that detectors take for one another; a track keeps the one with the most votes. */
  readonly groups: readonly (readonly string[])[];
  readonly noise: BoxNoise;
}

export const trackerDefaults: TrackerOptions = {
  highScore: 0.6,
  lowScore: 0.3,
  birthScore: 0.7,
  confirmHits: 3,
  doubtfulHits: 8,
  doubtfulSeconds: 1,
  doubtfulMove: 0.35,
  scoredLabels: ['person'],
  keepSightings: 64,
  tentativeMisses: 2,
  carrySeconds: 0.5,
  lostSeconds: 2,
  overlap: 0.25,
  lowOverlap: 0.4,
  gapSeconds: 10,
  momentum: 0.3,
  hidden: 0.05,
  appearance: 0.4,
  followCamera: true,
  groups: [
    ['car', 'truck', 'bus', 'van'],
    ['bicycle', 'motorcycle'],
    ['bottle', 'vase', 'cup', 'wine glass'],
    ['backpack', 'handbag', 'suitcase'],
  ],
  noise: boxNoise,
};
