import { applyTransform, directionOf, distanceBetween, type Point, type Transform } from '@millwright/imaging';
import type { Calibration } from './calibration.ts';

/** The coordinates that a value is measured in. */
export interface World {
  readonly unit: 'px' | 'mm';
  at(place: Point): Point;
  /** Units per pixel around a place. */
  scaleAt(place: Point): number;
  /** Standard uncertainty of a place's coordinate by the calibration, in the unit. */
  readonly placeUncertainty: number;
  /** Standard uncertainty of every length, relative. */
  readonly scaleUncertainty: number;
}

export const pixelWorld: World = {
  unit: 'px',
  at: (place) => place,
  scaleAt: () => 1,
  placeUncertainty: 0,
  scaleUncertainty: 0,
};

/** Millimetres on the calibrated plane. */
export function planeWorld({ camera, plane }: Calibration): World {
  const homography = plane.homography as unknown as Transform;
  const at = (place: Point) => applyTransform(homography, camera ? directionOf(camera, place) : place);
  return {
    ...{ unit: 'mm', at, scaleUncertainty: plane.scaleUncertainty },
    scaleAt: ({ x, y }) =>
      (distanceBetween(at({ x: x - 0.5, y }), at({ x: x + 0.5, y })) +
        distanceBetween(at({ x, y: y - 0.5 }), at({ x, y: y + 0.5 }))) /
      2,
    // The residual has two coordinates.
    placeUncertainty: plane.residualRms / Math.SQRT2,
  };
}
