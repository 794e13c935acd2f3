import { z } from 'zod';

const number = z.number().finite();
const cameraSchema = z.strictObject({
  ...{ fx: number.gt(0), fy: number.gt(0), cx: number, cy: number },
  ...{ k1: number, k2: number, p1: number, p2: number },
});

/** What `measure calibrate` writes. */
export const calibrationSchema = z.strictObject({
  format: z.literal(1),
  /** Of the pictures, pixels. */
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  /** Squares of the board, in a row and rows of them. */
  squares: z.tuple([z.number().int().min(3), z.number().int().min(3)]),
  squareMm: number.gt(0),
  /** Standard uncertainty of a square's side, from the board's certificate. */
  squareUncertaintyMm: number.min(0),
  /** Null where fewer than three pictures were given: then distortion is not taken out. */
  camera: cameraSchema.nullable(),
  cameraUncertainty: cameraSchema.nullable(),
  /** Root mean square distance of seen corners from where the camera has them, pixels. */
  reprojectionRms: number.min(0).nullable(),
  pictures: z.array(
    z.strictObject({ file: z.string(), used: z.boolean(), rms: number.nullable(), reason: z.unknown().optional() }),
  ),
  /** Picture to millimetres on the plane that the board lay on. */
  plane: z.strictObject({
    file: z.string(),
    /** Rows of nine: from the place without distortion (with a camera: its direction at unit distance; else pixels) to mm. */
    homography: z.array(number).length(9),
    /** In the middle of the picture. */
    millimetresPerPixel: number.gt(0),
    /** Root mean square distance of mapped corners from the board's, mm. */
    residualRms: number.min(0),
    /** Standard uncertainty of all lengths, relative: of the map and of the board. */
    scaleUncertainty: number.min(0),
  }),
});
export type Calibration = z.output<typeof calibrationSchema>;
