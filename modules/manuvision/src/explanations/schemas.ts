import { z } from 'zod';
import type { Explanation, NearPatch } from './explain.ts';
import type { Patch } from './patch.ts';

const area = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });
const patch = z.object({
  area: area.nullable().describe('pixels of its picture as it came'),
  crop: z.string().nullable().describe('PNG as a data URL; null where the picture is not there any more'),
});
const near = patch.extend({
  picture: z.string().describe('SHA-256 of the file'),
  fileName: z.string().nullable(),
  distance: z.number().describe('root mean square of the standardised differences'),
});

export const explanationSchema = z.object({
  places: z.array(
    patch.extend({
      heat: z.number().describe('deviations of good parts at that place'),
      good: z.array(near).describe('nearest good patches, wherever they lie'),
      here: z.array(near).describe('nearest good patches at the same place'),
      defects: z
        .array(near.extend({ className: z.string(), atLine: z.boolean().describe('a person rejected it at the line') }))
        .describe('nearest known defects'),
    }),
  ),
  defects: z.object({ seen: z.number(), of: z.number() }).describe('pictures of defects that were compared'),
});
export type ExplanationAnswer = z.output<typeof explanationSchema>;

/** @param names of the files, by their hash */
export function toExplanation({ places, defects }: Explanation, names: ReadonlyMap<string, string>): ExplanationAnswer {
  const shown = <T extends Patch>({ crop, ...rest }: T) => ({
    ...rest,
    crop: crop && `data:image/png;base64,${Buffer.from(crop).toString('base64')}`,
  });
  const named = <T extends NearPatch>(one: T) => ({ ...shown(one), fileName: names.get(one.picture) ?? null });
  return {
    places: places.map(({ good, here, defects: known, ...place }) => ({
      ...{ ...shown(place), good: good.map(named), here: here.map(named), defects: known.map(named) },
    })),
    defects,
  };
}
