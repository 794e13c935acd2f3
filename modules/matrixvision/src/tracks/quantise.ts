import type { Box, Observation, TrackedObject } from '../observation.ts';

/** Places are kept to this part of the longer side of the picture: a fifth of a pixel at 800, half of one at 2000. */
const steps = 4096;
const limits = {
  place: 2 ** 20,
  side: 65_535,
  objects: 10_000,
  regions: 1_000,
  earlier: 64,
  keypoints: 64,
  attributes: 64,
  text: 256,
} as const;
export const trackLimits = limits;

export const unitOf = (width: number, height: number): number => Math.max(width, height) / steps;

/** Whole numbers of units: x, y, width, height. */
export type QuantisedBox = readonly [number, number, number, number];

const clamp = (value: number, least: number, most: number): number =>
  Number.isFinite(value) ? Math.min(most, Math.max(least, value)) : least;

export function quantiseBox({ x, y, width, height }: Box, unit: number): QuantisedBox {
  const { place } = limits;
  const whole = (value: number, least: number) => clamp(Math.round(value / unit), least, place) + 0;
  return [whole(x, -place), whole(y, -place), whole(width, 1), whole(height, 1)];
}

export const boxOfUnits = ([x, y, width, height]: QuantisedBox, unit: number): Box => ({
  x: x * unit,
  y: y * unit,
  width: width * unit,
  height: height * unit,
});

/** Scores and confidences are kept to fiftieths: detectors are not surer of them than that. */
export const shareSteps = 50;
export const quantiseShare = (share: number): number => clamp(Math.round(share * shareSteps), 0, shareSteps);
export const shareOf = (whole: number): number => whole / shareSteps;
export const quantiseSide = (side: number): number => clamp(Math.round(side), 1, limits.side);

/**
 * The observation as it comes out of the coding: places to 1/4096 of the picture, scores to fiftieths, times to
 * milliseconds. What is given to the rules live is quantised first, so that a replay of the stored tracks gives the very
 * same events.
 */
export function quantiseObservation(observation: Observation): Observation {
  const [width, height] = [quantiseSide(observation.width), quantiseSide(observation.height)];
  const unit = unitOf(width, height);
  const rounded = (box: Box) => boxOfUnits(quantiseBox(box, unit), unit);
  const share = (value: number) => shareOf(quantiseShare(value));
  const object = (one: TrackedObject): TrackedObject => ({
    track: one.track,
    box: rounded(one.box),
    score: share(one.score),
    label: one.label.slice(0, limits.text / 4),
    state: one.state,
    rejoined: one.rejoined,
    ...(one.earlier && {
      earlier: one.earlier
        .slice(-limits.earlier)
        .map(({ time, box, score }) => ({ time: Math.round(time), box: rounded(box), score: share(score) })),
    }),
    ...(one.keypoints && {
      keypoints: one.keypoints.slice(0, limits.keypoints).map(({ x, y, score }) => ({
        x: clamp(Math.round(x / unit), -limits.place, limits.place) * unit,
        y: clamp(Math.round(y / unit), -limits.place, limits.place) * unit,
        score: share(score),
      })),
    }),
    ...(one.attributes && { attributes: quantiseAttributes(one.attributes) }),
  });
  return {
    time: Math.round(observation.time),
    ...{ width, height },
    objects: observation.objects.slice(0, limits.objects).map(object),
    ...(observation.health !== undefined && { health: observation.health }),
    ...(observation.regions?.length && {
      regions: observation.regions.slice(0, limits.regions).map(({ kind, box, score, since }) => ({
        kind,
        box: rounded(box),
        score: share(score),
        since: Math.round(since),
      })),
    }),
  };
}

/** What cannot be seen is left out. */
function quantiseAttributes(
  attributes: NonNullable<TrackedObject['attributes']>,
): NonNullable<TrackedObject['attributes']> {
  const known = Object.entries(attributes).flatMap(([name, value]) =>
    value
      ? [
          [
            name.slice(0, limits.text / 4),
            { present: value.present, confidence: shareOf(quantiseShare(value.confidence)) },
          ] as const,
        ]
      : [],
  );
  return Object.fromEntries(known.slice(0, limits.attributes));
}
