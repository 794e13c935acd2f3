import { type Plane, type Point, resizePlane } from '@millwright/imaging';

/** A part of the picture that a code may be in, at a size that is worked on. */
export interface WorkArea {
  readonly plane: Plane;
  readonly toPicture: (x: number, y: number) => Point;
  readonly fromPicture: (point: Point) => Point;
  readonly steps: readonly string[];
}

/** The same area, no larger than so many pixels to a side. */
export function smaller(area: WorkArea, largest: number): WorkArea {
  const inner = wholeArea(area.plane, largest);
  if (inner.steps.length === 0) return area;
  return {
    ...inner,
    toPicture: (x, y) => {
      const place = inner.toPicture(x, y);
      return area.toPicture(place.x, place.y);
    },
    fromPicture: (point) => inner.fromPicture(area.fromPicture(point)),
  };
}

/** The whole picture, no larger than so many pixels to a side. */
export function wholeArea(picture: Plane, largest: number): WorkArea {
  const scale = Math.min(1, largest / Math.max(picture.width, picture.height));
  if (scale === 1) return { plane: picture, toPicture: (x, y) => ({ x, y }), fromPicture: (point) => point, steps: [] };
  const width = Math.max(1, Math.round(picture.width * scale));
  const height = Math.max(1, Math.round(picture.height * scale));
  const plane = resizePlane(picture, width, height);
  const [sx, sy] = [picture.width / width, picture.height / height];
  return {
    plane,
    toPicture: (x, y) => ({ x: x * sx, y: y * sy }),
    fromPicture: ({ x, y }) => ({ x: x / sx, y: y / sy }),
    steps: ['shrink'],
  };
}
