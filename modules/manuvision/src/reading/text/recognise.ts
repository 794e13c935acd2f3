import { resizePlane } from '@millwright/imaging';
import type { Network } from '@millwright/inference';
import type { batchOf } from '../batch.ts';
import { type ColourPlanes, mapPlanes } from '../colour-planes.ts';
import type { CharacterScores } from './ctc.ts';
import { halfTurned } from './cut-line.ts';

/** Below it a line is taken as upright: the value of PP-OCR. */
const surelyTurned = 0.9;
const [directionWidth, directionHeight] = [192, 48];

/** The line as it is, or upside down where the direction classifier is sure of it. */
export async function uprightLine(line: ColourPlanes, network: Network): Promise<ColourPlanes> {
  const { width, height } = line[0];
  const wide = Math.min(directionWidth, Math.round((width / height) * directionHeight));
  const small = mapPlanes(line, (plane) => resizePlane(plane, wide, directionHeight));
  const { data } = await network.run(networkInput(small, directionWidth));
  return data[1]! > surelyTurned ? halfTurned(line) : line;
}

/** Scores of each character at each step of the line (SVTR-LCNet of PP-OCRv4, with CTC). */
export async function recognise(line: ColourPlanes, network: Network): Promise<CharacterScores> {
  const { width } = line[0];
  // The network was taught on lines of at least 320 pixels, the rest of which is grey.
  const { dims, data } = await network.run(networkInput(line, Math.max(320, width)));
  return { steps: dims[1]!, characters: dims[2]!, data };
}

/** Blue, green and red from -1 to 1, filled up with 0 to the right. */
function networkInput(line: ColourPlanes, width: number): ReturnType<typeof batchOf> {
  const { width: wide, height } = line[0];
  const data = new Float32Array(3 * width * height);
  [line[2], line[1], line[0]].forEach((plane, channel) => {
    for (let y = 0; y < height; y++)
      for (let x = 0; x < wide; x++) data[(channel * height + y) * width + x] = plane.data[y * wide + x]! / 127.5 - 1;
  });
  return { dims: [1, 3, height, width], data };
}
