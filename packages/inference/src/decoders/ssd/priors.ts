import { z } from 'zod';
import { aroundCentre, type Corners } from '../corners.ts';

const fraction = z.number().positive().max(4);

/** The boxes that the offsets of a raw head start from (Liu et al., SSD, 2016), row by row, cell by cell. */
export const priorsSchema = z.strictObject({
  maps: z
    .array(
      z.strictObject({
        rows: z.int().min(1).max(512),
        columns: z.int().min(1).max(512),
        boxes: z
          .array(z.tuple([fraction, fraction]))
          .min(1)
          .max(32)
          .describe('Width and height as fractions of the input.'),
      }),
    )
    .min(1)
    .max(16),
  variances: z
    .tuple([z.number().positive(), z.number().positive()])
    .default([0.1, 0.2])
    .describe('Of centres and sizes.'),
});
type Priors = z.output<typeof priorsSchema>;

export interface Prior {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** In fractions of the input. */
export const priorBoxes = ({ maps }: Priors): Prior[] =>
  maps.flatMap(({ rows, columns, boxes }) =>
    Array.from({ length: rows * columns }, (_, cell) => cell).flatMap((cell) =>
      boxes.map(([width, height]) => ({
        ...{ x: ((cell % columns) + 0.5) / columns, y: (Math.floor(cell / columns) + 0.5) / rows, width, height },
      })),
    ),
  );

/** Offsets in parts of the prior box, sizes as logarithms. */
export function fromPrior(prior: Prior, [dx, dy, dw, dh]: Float32Array, [centre, size]: Priors['variances']): Corners {
  const x = prior.x + dx! * centre * prior.width;
  const y = prior.y + dy! * centre * prior.height;
  return aroundCentre(x, y, prior.width * Math.exp(dw! * size), prior.height * Math.exp(dh! * size));
}
