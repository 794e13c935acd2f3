import { connectedComponents, resizePlane } from '@millwright/imaging';
import type { Network } from '@millwright/inference';
import { batchOf } from '../batch.ts';
import { type ColourPlanes, mapPlanes } from '../colour-planes.ts';
import { minAreaRectangle, type Point, type Rectangle } from './min-area-rectangle.ts';

/** The constants of PP-OCRv4's own pipeline (PaddleOCR, tools/infer), but 1.8 for its 1.5: spaces get lost in tighter lines. */
const [pixelThreshold, boxThreshold, unclipRatio] = [0.3, 0.6, 1.8];
const leastSide = 3;
const longest = 960;
/** A line fills the picture less than this high, so small pictures are enlarged and given a margin. */
const shortest = 64;
// Of ImageNet, in the order blue, green, red, as the network was taught.
const means = [0.485, 0.456, 0.406];
const deviations = [0.229, 0.224, 0.225];

/**
 * Finds lines of text: a network gives the probability that a pixel lies in the shrunken middle of a line (differentiable
 * binarization, Liao 2020); regions above a threshold become rectangles, which are grown back by area x ratio / perimeter.
 * Rectangles are in pixels of the picture, in reading order.
 */
export async function findLines(planes: ColourPlanes, network: Network): Promise<Rectangle[]> {
  const { width, height } = planes[0];
  const scale = Math.min(longest / Math.max(width, height), Math.max(1, shortest / Math.min(width, height)));
  const across = toMultiple(width * scale);
  const down = toMultiple(height * scale);
  const small = mapPlanes(planes, (plane) => resizePlane(plane, across, down));
  const input = batchOf([[small[2], small[1], small[0]]]);
  const size = across * down;
  for (let channel = 0; channel < 3; channel++)
    for (let at = channel * size; at < (channel + 1) * size; at++)
      input.data[at] = (input.data[at]! / 255 - means[channel]!) / deviations[channel]!;
  const { data } = await network.run(input);
  const mask = Uint8Array.from(data, (probability) => (probability > pixelThreshold ? 1 : 0));
  const { components, labels } = connectedComponents(mask, across, down);
  const found: Rectangle[] = [];
  for (const { label, x, y, width: wide, height: tall } of components) {
    const points: Point[] = [];
    let [sum, count] = [0, 0];
    for (let row = y; row < y + tall; row++)
      for (let column = x; column < x + wide; column++) {
        const at = row * across + column;
        if (labels[at] !== label) continue;
        sum += data[at]!;
        count++;
        // Corners of the pixel, so that a rectangle covers it.
        points.push(
          { x: column, y: row },
          { x: column + 1, y: row },
          { x: column, y: row + 1 },
          { x: column + 1, y: row + 1 },
        );
      }
    if (sum / count < boxThreshold) continue;
    const rectangle = minAreaRectangle(points);
    if (Math.min(rectangle.width, rectangle.height) < leastSide) continue;
    found.push(inPicture(grown(rectangle), width / across, height / down));
  }
  return readingOrder(found);
}

const toMultiple = (length: number): number => Math.max(32, Math.round(length / 32) * 32);

function grown(rectangle: Rectangle): Rectangle {
  const { width, height } = rectangle;
  const away = ((width * height) / (2 * (width + height))) * unclipRatio;
  return { ...rectangle, width: width + 2 * away, height: height + 2 * away };
}

function inPicture({ x, y, width, height, angle }: Rectangle, scaleX: number, scaleY: number): Rectangle {
  // The two scales differ by rounding to multiples alone, so the rectangle stays one.
  const along = Math.hypot(Math.cos(angle) * scaleX, Math.sin(angle) * scaleY);
  const up = Math.hypot(Math.sin(angle) * scaleX, Math.cos(angle) * scaleY);
  const turned = Math.atan2(Math.sin(angle) * scaleY, Math.cos(angle) * scaleX);
  // From edges of pixels to centres at whole numbers.
  return { x: x * scaleX - 0.5, y: y * scaleY - 0.5, width: width * along, height: height * up, angle: turned };
}

/** From the top down; what lies at one height from left to right. */
function readingOrder(lines: readonly Rectangle[]): Rectangle[] {
  const sorted = [...lines].sort((one, other) => one.y - other.y);
  const rows: Rectangle[][] = [];
  for (const line of sorted) {
    const row = rows.at(-1);
    const high = Math.min(line.height, row?.[0]?.height ?? 0);
    if (row && Math.abs(row[0]!.y - line.y) < high / 2) row.push(line);
    else rows.push([line]);
  }
  return rows.flatMap((row) => row.sort((one, other) => one.x - other.x));
}
