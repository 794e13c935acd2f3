import { type CoordinateForm, cornersOf } from './corners.ts';
import { type Candidate, type DecodeRequest, type OutputTensor, ShapeMismatch } from './decoder.ts';

interface ReadyOptions {
  readonly coordinates: CoordinateForm;
  readonly unit: 'pixel' | 'fraction';
  readonly firstClass: number;
}

/**
 * Boxes [batch, boxes, 4], scores and classes [batch, boxes] of a network that suppresses doubles itself; a network for one
 * picture may leave the batch out.
 */
export function readyDetections(
  [boxes, scores, classes]: readonly OutputTensor[],
  { coordinates, unit, firstClass }: ReadyOptions,
  request: DecodeRequest,
): Candidate[][] {
  const { batch, wanted, threshold, width, height } = request;
  const count = boxes!.dims.at(-2) ?? 0;
  const fits = boxes!.dims.at(-1) === 4 && boxes!.data.length === batch * count * 4;
  if (!fits) throw new ShapeMismatch(0, `[${batch}, boxes, 4]`);
  if (scores!.data.length !== batch * count) throw new ShapeMismatch(1, `[${batch}, ${count}]`);
  if (classes!.data.length !== batch * count) throw new ShapeMismatch(2, `[${batch}, ${count}]`);
  const [scaleX, scaleY] = unit === 'pixel' ? [1, 1] : [width, height];
  return Array.from({ length: batch }, (_, picture) => {
    const found: Candidate[] = [];
    for (let box = picture * count; box < (picture + 1) * count; box += 1) {
      const [score, index] = [scores!.data[box]!, Math.round(classes!.data[box]!) - firstClass];
      if (score < threshold || index < 0 || index >= request.classes || !wanted(index)) continue;
      const corners = cornersOf(coordinates, boxes!.data.subarray(box * 4, box * 4 + 4), scaleX, scaleY);
      found.push({ ...corners, score, index });
    }
    return found;
  });
}
