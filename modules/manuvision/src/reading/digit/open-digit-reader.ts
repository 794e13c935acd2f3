import { type Picture, resizePlane, warp } from '@millwright/imaging';
import { openNetwork } from '@millwright/inference';
import { batchOf } from '../batch.ts';
import { type ColourPlanes, colourPlanes, mapPlanes } from '../colour-planes.ts';
import type { Reader } from '../reader.ts';
import { softmax } from '../softmax.ts';
import type { DigitOptions } from './digit-options.ts';

/** What the network looks at, pixels. */
const [width, height] = [24, 40];
/** Class of a drum that stands between two digits, and of pictures without one. */
const none = 10;

/** Cuts at the edges as parts of the size: left, top, right, bottom; negative ones lay the edge on. */
const cuts = [
  [0, 0, 0, 0],
  [0.05, 0.03, 0.05, 0.03],
  [0.06, 0, -0.06, 0],
  [-0.06, 0, 0.06, 0],
  [0, 0.04, 0, -0.04],
  [0, -0.04, 0, 0.04],
] as const;

/**
 * Reads one digit of a counter: "0" to "9", or "NaN" where the drum stands between two digits or nothing is there. The network
 * learnt on drawn digits only (bench/reading/training/digits.py). It looks at six cuts of the picture, each as it is and with its colours
 * inverted; the confidence is the mean probability.
 */
export async function openDigitReader(network: Uint8Array, { leastConfidence }: DigitOptions): Promise<Reader> {
  const opened = await openNetwork(network, { model: 'digits', threads: 2 });
  return {
    async read(picture) {
      const views = digitViews(picture);
      const { dims, data } = await opened.run(batchOf(views));
      const classes = dims[1]!;
      const mean = new Float64Array(classes);
      views.forEach((_, view) => {
        softmax(data, view * classes, classes).forEach((likely, one) => {
          mean[one]! += likely / views.length;
        });
      });
      const best = mean.indexOf(Math.max(...mean));
      const confidence = Math.round(mean[best]! * 1000) / 1000;
      if (confidence < leastConfidence) return { value: null, confidence, reason: 'uncertain' };
      return { value: best === none ? 'NaN' : String(best), confidence };
    },
    close: () => opened.close(),
  };
}

function digitViews(picture: Picture): ColourPlanes[] {
  const planes = colourPlanes(picture);
  return cuts.flatMap(([left, top, right, bottom]) => {
    const view = mapPlanes(planes, (plane) => {
      const x = Math.round(left * plane.width);
      const y = Math.round(top * plane.height);
      const across = Math.max(1, plane.width - x - Math.round(right * plane.width));
      const down = Math.max(1, plane.height - y - Math.round(bottom * plane.height));
      return resizePlane(warp(plane, across, down, [1, 0, x, 0, 1, y, 0, 0, 1]), width, height);
    });
    return [view, mapPlanes(view, inverted)];
  });
}

const inverted = ({ width, height, data }: ColourPlanes[0]): ColourPlanes[0] => ({
  ...{ width, height },
  data: data.map((value) => 255 - value),
});
