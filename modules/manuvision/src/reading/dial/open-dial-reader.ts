import { openNetwork } from '@millwright/inference';
import { batchOf } from '../batch.ts';
import type { Reader, Reading } from '../reader.ts';
import { softmax } from '../softmax.ts';
import type { DialOptions } from './dial-options.ts';
import { modulo, pointerViews } from './pointer-views.ts';

/** Bins of the circle that the votes of all views are gathered in: a tenth of a degree. */
const bins = 3600;
/** How far beyond the ends of a scale a pointer still rests on its stop: part of a turn. */
const offScale = 1 / 50;
/** What "near" means for the confidence: a fiftieth of a turn to either side, 0.2 of a dial from 0 to 10. */
const near = 1 / 50;

/**
 * Reads a dial by a network that sees where the pointer's tip is: 72 directions, learnt on drawn dials only
 * (bench/reading/training/dials.py). It looks at 16 turned and mirrored views; the direction is where their votes, smoothed, are highest, and
 * the confidence is the share of all votes that lies near it. So a pointer that looks different when it is turned is refused.
 */
export async function openDialReader(network: Uint8Array, options: DialOptions): Promise<Reader> {
  const opened = await openNetwork(network, { model: 'dial', threads: 2 });
  return {
    async read(picture) {
      const views = pointerViews(picture);
      const { dims, data } = await opened.run(batchOf(views.map(({ planes }) => planes)));
      const directions = dims[1]!;
      const votes = views.flatMap(({ toPicture }, view) =>
        Array.from(softmax(data, view * directions, directions), (weight, index) => ({
          at: toPicture(index / directions),
          weight: weight / views.length,
        })),
      );
      return readingOf(votes, options);
    },
    close: () => opened.close(),
  };
}

interface Vote {
  /** Part of a turn, clockwise from the top. */
  readonly at: number;
  readonly weight: number;
}

function readingOf(votes: readonly Vote[], options: DialOptions): Reading {
  const direction = densest(votes);
  let confidence = 0;
  for (const { at, weight } of votes) if (Math.abs(apart(at, direction)) <= near) confidence += weight;
  const rounded = Math.round(Math.min(confidence, 1) * 1000) / 1000;
  if (confidence < options.leastConfidence) return { value: null, confidence: rounded, reason: 'uncertain' };
  if (options.scale) {
    const value = onScale(direction, options.scale, options.direction);
    return value === null ? { value, confidence: rounded, reason: 'off-scale' } : { value, confidence: rounded };
  }
  const from = direction - options.zeroAngle / 360;
  const part = modulo(options.direction === 'clockwise' ? from : -from, 1);
  // To a ten-thousandth of a turn: more is not in a picture.
  const value = Number(((Math.round(part * 1e4) / 1e4) * options.turn).toPrecision(6));
  return { value: value >= options.turn ? 0 : value, confidence: rounded };
}

/** The figure at a direction; null off the scale. */
function onScale(
  direction: number,
  { fromAngle, toAngle, from, to }: NonNullable<DialOptions['scale']>,
  way: DialOptions['direction'],
): number | null {
  const sense = way === 'clockwise' ? 1 : -1;
  const along = (degrees: number) => modulo((sense * (degrees - fromAngle)) / 360, 1);
  // Ends that coincide are a whole turn.
  const length = along(toAngle) || 1;
  const part = along(direction * 360);
  // Just before the beginning is the beginning, just behind the end the end.
  const near = part > (1 + length) / 2 ? part - 1 : part;
  if (near < -offScale || near > length + offScale) return null;
  const share = Math.min(Math.max(near / length, 0), 1);
  return Number((from + (Math.round(share * length * 1e4) / (length * 1e4)) * (to - from)).toPrecision(6));
}

/** From one direction to another, the short way round: -0.5 to 0.5. */
const apart = (from: number, to: number): number => modulo(from - to + 0.5, 1) - 0.5;

/** Where the votes are densest, then the mean of those around it. */
function densest(votes: readonly Vote[]): number {
  const density = new Float64Array(bins);
  const reach = Math.round(near * bins);
  for (const { at, weight } of votes) {
    if (weight < 1e-5) continue;
    const middle = Math.round(at * bins);
    for (let away = -reach; away <= reach; away++)
      density[modulo(middle + away, bins)]! += weight * (1 - Math.abs(away) / (reach + 1));
  }
  let best = 0;
  for (let at = 1; at < bins; at++) if (density[at]! > density[best]!) best = at;
  const centre = best / bins;
  let [sum, total] = [0, 0];
  for (const { at, weight } of votes) {
    const away = apart(at, centre);
    if (Math.abs(away) > 2 * near) continue;
    sum += away * weight;
    total += weight;
  }
  return modulo(centre + sum / total, 1);
}
