import { movenetGrid as grid } from '../models/movenet/build-movenet.ts';

export interface MovenetHeads {
  /** [batch, 1, rows, columns]: how likely the centre of the person is there, weighted towards the middle. */
  readonly centre: Float32Array;
  /** [batch, 34, rows, columns]: from the centre to each keypoint, down and across, in cells. */
  readonly regression: Float32Array;
  /** [batch, 17, rows, columns]: how likely each keypoint is there. */
  readonly heatmap: Float32Array;
  /** [batch, 34, rows, columns]: place of each keypoint within its cell, down and across. */
  readonly offset: Float32Array;
}

export const keypointCount = 17;
const cells = grid * grid;
/** Of the original graph: so many cells of distance halve what a keypoint weighs. */
const reach = 1.7998046875;

/**
 * Keypoints of one picture of the batch, in fractions of the input. The centre of the person gives where each keypoint should
 * be; the best place near it is taken from the heatmap and made exact by the offset (Votel and Li, Next-Generation Pose
 * Detection with MoveNet and TensorFlow.js, 2021).
 */
export function decodeMovenet(heads: MovenetHeads, picture: number): { x: number; y: number; score: number }[] {
  const centre = largest(heads.centre, picture * cells);
  const [row, column] = [Math.floor(centre / grid), centre % grid];
  return Array.from({ length: keypointCount }, (_, keypoint) => {
    const plane = (data: Float32Array, channels: number, channel: number) =>
      data.subarray((picture * channels + channel) * cells, (picture * channels + channel + 1) * cells);
    const pair = (data: Float32Array, cell: number): [number, number] => [
      ...([0, 1].map((axis) => plane(data, 34, keypoint * 2 + axis)[cell]!) as [number, number]),
    ];
    const [down, across] = pair(heads.regression, centre);
    const heat = plane(heads.heatmap, keypointCount, keypoint);
    const cell = nearest(heat, row + down, column + across);
    const [offsetDown, offsetAcross] = pair(heads.offset, cell);
    return {
      x: ((cell % grid) + offsetAcross) / grid,
      y: (Math.floor(cell / grid) + offsetDown) / grid,
      score: heat[cell]!,
    };
  });
}

function largest(data: Float32Array, start: number): number {
  let best = 0;
  for (let cell = 1; cell < cells; cell += 1) if (data[start + cell]! > data[start + best]!) best = cell;
  return best;
}

/** The cell where the heat, divided by the distance from the place expected, is greatest. */
function nearest(heat: Float32Array, y: number, x: number): number {
  let [best, most] = [0, -1];
  for (let cell = 0; cell < cells; cell += 1) {
    const distance = Math.hypot(Math.floor(cell / grid) - y, (cell % grid) - x);
    const weight = heat[cell]! / (distance + reach);
    if (weight > most) [best, most] = [cell, weight];
  }
  return best;
}
