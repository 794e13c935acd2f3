import { resizePlane, warp } from '@millwright/imaging';
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
 * Reads the digits of a counter, each "0" to "9", or "NaN" where a drum stands between two digits or nothing is there. The network
 * learnt on drawn digits only (bench/reading/training/digits.py). It looks at six cuts of each digit, each as it is and with its colours
 * inverted; the confidence is the mean probability, of several digits the least.
 */
export async function openDigitReader(network: Uint8Array, { leastConfidence, count }: DigitOptions): Promise<Reader> {
  const opened = await openNetwork(network, { model: 'digits', threads: 2 });
  return {
    async read(picture) {
      const digits = [];
      for (const planes of besideEachOther(colourPlanes(picture), count)) digits.push(await readDigit(planes));
      const confidence = Math.min(...digits.map((digit) => digit.confidence));
      if (confidence < leastConfidence) return { value: null, confidence, reason: 'uncertain' };
      const isWhole = digits.every(({ digit }) => digit !== none);
      return { value: isWhole ? digits.map(({ digit }) => digit).join('') : 'NaN', confidence };
    },
    close: () => opened.close(),
  };

  async function readDigit(planes: ColourPlanes) {
    const views = digitViews(planes);
    const { dims, data } = await opened.run(batchOf(views));
    const classes = dims[1]!;
    const mean = new Float64Array(classes);
    views.forEach((_, view) => {
      softmax(data, view * classes, classes).forEach((likely, one) => {
        mean[one]! += likely / views.length;
      });
    });
    const digit = mean.indexOf(Math.max(...mean));
    return { digit, confidence: Math.round(mean[digit]! * 1000) / 1000 };
  }
}

function besideEachOther(planes: ColourPlanes, count: number): readonly ColourPlanes[] {
  if (count === 1) return [planes];
  return Array.from({ length: count }, (_, at) =>
    mapPlanes(planes, (plane) => {
      const x = Math.round((at * plane.width) / count);
      const across = Math.max(1, Math.round(((at + 1) * plane.width) / count) - x);
      return warp(plane, across, plane.height, [1, 0, x, 0, 1, 0, 0, 0, 1]);
    }),
  );
}

function digitViews(planes: ColourPlanes): ColourPlanes[] {
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
