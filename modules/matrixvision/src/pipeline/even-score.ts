import { trackerDefaults } from '../tracking/options.ts';

/** Where a detector's threshold lies on the even scale: between what the tracker follows and what it begins a track with. */
const believed = (trackerDefaults.highScore + trackerDefaults.birthScore) / 2;

/**
 * A score on the scale that trackers and rules use, the same for all detectors: straight below and above the score from
 * which on the detector's card believes it, so that the order of scores stays.
 * @param threshold of the detector's card, between 0 and 1
 */
export const evenScore = (score: number, threshold: number): number =>
  score < threshold
    ? (believed * score) / threshold
    : believed + ((1 - believed) * (score - threshold)) / (1 - threshold);

/** Back from the even scale to the detector's own. */
export const ownScore = (even: number, threshold: number): number =>
  even < believed ? (even * threshold) / believed : threshold + ((even - believed) * (1 - threshold)) / (1 - believed);
