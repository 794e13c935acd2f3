import {
  type AlignReference,
  alignAffine,
  alignLocal,
  type Plane,
  type Pyramid,
  phaseCorrelation,
  pyramidOf,
  resizePlane,
  type ShiftField,
  type Transform,
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

/** Longer side of the pictures by which the shift is looked for. */
const coarse = 128;
/** Most that rotation, scale and shear change a direction: about 6 degrees, or a tenth. */
const mostTurn = 0.1;

/**
 * Finds where a picture lies: first the shift by phase correlation, then the affine transform, then small shifts place by place.
 * A transform beyond what can be (`shift` as a share of the longer side, 6 degrees, a tenth in size) is not taken; such a one comes
 * out of an all but empty template, and the picture is then taken as it lies.
 */
export function placePicture(reference: AlignReference, whole: Plane, shift: number): Placement {
  const picture = pyramidOf(whole);
  const [across, down] = [picture.width / reference.width, picture.height / reference.height];
  const still: Transform = [across, 0, 0, 0, down, 0, 0, 0, 1];
  const most = shift * Math.max(picture.width, picture.height);
  const starts = [startByPhase(reference, picture, most, still), still].filter((start) => start !== undefined);
  for (const start of starts) {
    const { transform, correlation } = alignAffine(reference, picture, { start });
    if (correlation < 0.5 || !plausible(transform, reference, [across, down], most)) continue;
    return { transform, correlation, field: alignLocal(reference, picture, transform) };
  }
  return { transform: still, correlation: 0, field: noShift };
}

const noShift: ShiftField = {
  ...{ columns: 1, rows: 1, spacing: 1 },
  ...{ dx: new Float32Array(1), dy: new Float32Array(1) },
};

function startByPhase(reference: Pyramid, picture: Pyramid, most: number, still: Transform): Transform | undefined {
  const long = Math.max(reference.width, reference.height);
  const sides = [reference.width, reference.height].map((side) => Math.max(8, Math.round((side * coarse) / long)));
  const [width, height] = sides as [number, number];
  const [one, other] = [reference, picture].map(({ levels }) => {
    const large = levels.find(({ plane }) => Math.max(plane.width, plane.height) >= coarse) ?? levels.at(-1)!;
    return resizePlane(large.plane, width, height);
  }) as [Plane, Plane];
  const { dx, dy } = phaseCorrelation(one, other);
  const [x, y] = [(dx * picture.width) / width, (dy * picture.height) / height];
  if (Math.hypot(x, y) > most) return undefined;
  return [still[0], 0, x, 0, still[4], y, 0, 0, 1];
}

function plausible(
  [a, b, c, d, e, f]: Transform,
  look: Pick<Plane, 'width' | 'height'>,
  [across, down]: [number, number],
  most: number,
): boolean {
  const [x, y] = [look.width / 2, look.height / 2];
  const moved = Math.hypot(a * x + b * y + c - across * x, d * x + e * y + f - down * y);
  const turned = Math.max(Math.abs(a / across - 1), Math.abs(b / across), Math.abs(d / down), Math.abs(e / down - 1));
  return moved <= most + 1 && turned <= mostTurn;
}
