import {
  type AlignReference,
  alignLocal,
  type Plane,
  placePlane,
  pyramidOf,
  type ShiftField,
  type Transform,
  wholeOnWhole,
} from '@millwright/imaging';

/** Where a picture lies against a template. */
export interface Placement {
  /** Maps each place of the template to its place in the picture. */
  readonly transform: Transform;
  /** What is left after it. */
  readonly field: ShiftField;
  /** Of the two pictures, -1 to 1. */
  readonly correlation: number;
}

/** About 6 degrees, or a tenth in size. */
const mostTurn = 0.1;

/**
 * Finds where a picture lies: first the affine transform, then small shifts place by place. Where none can be (`shift` as a share
 * of the longer side, 6 degrees, a tenth in size) the picture is taken as it lies.
 */
export function placePicture(reference: AlignReference, whole: Plane, shift: number): Placement {
  const picture = pyramidOf(whole);
  const placed = placePlane(reference, picture, { shift, turn: mostTurn });
  if (!placed) return { transform: wholeOnWhole(reference, picture), correlation: 0, field: noShift };
  return { ...placed, field: alignLocal(reference, picture, placed.transform) };
}

const noShift: ShiftField = {
  ...{ columns: 1, rows: 1, spacing: 1 },
  ...{ dx: new Float32Array(1), dy: new Float32Array(1) },
};
