import { connectedComponents } from '@millwright/imaging';
import type { FoundBox } from '../kinds/inspection.ts';

/** Probabilities of classes at places: classes x rows x columns; the first class is no defect. */
export interface PlaceProbabilities {
  readonly rows: number;
  readonly columns: number;
  readonly data: Float32Array;
}

/**
 * Regions where a defect is likelier than `from`, each with the class it most looks like and that class's highest probability, in pixels
 * of the picture; the surest first.
 */
export function findRegions(
  { rows, columns, data }: PlaceProbabilities,
  classes: readonly string[],
  from: number,
  picture: { readonly width: number; readonly height: number },
): FoundBox[] {
  const places = rows * columns;
  const mask = Uint8Array.from({ length: places }, (_, place) => (1 - data[place]! >= from ? 1 : 0));
  const { labels, components } = connectedComponents(mask, columns, rows);
  const sums = components.map(() => new Float64Array(classes.length));
  const highest = components.map(() => new Float64Array(classes.length));
  for (const [place, label] of labels.entries()) {
    if (label === 0) continue;
    for (let of = 1; of < classes.length; of++) {
      const value = data[of * places + place]!;
      sums[label - 1]![of]! += value;
      highest[label - 1]![of] = Math.max(highest[label - 1]![of]!, value);
    }
  }
  const [across, down] = [picture.width / columns, picture.height / rows];
  const boxes = components.map(({ x, y, width, height }, at): FoundBox => {
    const best = sums[at]!.indexOf(Math.max(...sums[at]!.subarray(1)), 1);
    const [left, top] = [Math.floor(x * across), Math.floor(y * down)];
    return {
      ...{ className: classes[best]!, score: highest[at]![best]!, x: left, y: top },
      width: Math.max(1, Math.min(picture.width, Math.ceil((x + width) * across)) - left),
      height: Math.max(1, Math.min(picture.height, Math.ceil((y + height) * down)) - top),
    };
  });
  return boxes.sort((a, b) => b.score - a.score);
}
