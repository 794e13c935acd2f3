import { z } from 'zod';

const pixel = z.number().min(0);
const box = { x: pixel, y: pixel, width: z.number().gt(0), height: z.number().gt(0) };

const boxSchema = z.strictObject({ kind: z.literal('box'), ...box });

const polygonSchema = z.strictObject({
  kind: z.literal('polygon'),
  points: z.array(pixel).min(6).max(20_000).describe('x and y of each corner in turn, three corners or more'),
});

const maskSchema = z.strictObject({
  kind: z.literal('mask'),
  ...{ x: pixel.int(), y: pixel.int(), width: z.number().int().min(1), height: z.number().int().min(1) },
  runs: z
    .array(z.number().int().min(0))
    .min(1)
    .max(1_000_000)
    .describe('lengths of runs within the box, row by row: pixels outside first, then inside, and so on in turn'),
});

/** Where a defect is, in pixels of the picture as shown, the corner of the first pixel being 0, 0. */
export const shapeSchema = z.discriminatedUnion('kind', [boxSchema, polygonSchema, maskSchema]);
export type Shape = z.output<typeof shapeSchema>;

const className = z.string().trim().min(1).max(100);

/** A defect that somebody drew, as data sets keep it. */
export const drawnRegionSchema = z.strictObject({ class: className, shape: shapeSchema });
export type DrawnRegion = z.output<typeof drawnRegionSchema>;

export const regionSchema = drawnRegionSchema.extend({ id: z.uuid().describe('made by who draws it') });
export type Region = z.output<typeof regionSchema>;

export const mostRegions = 2_000;
