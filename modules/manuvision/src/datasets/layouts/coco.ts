import { z } from 'zod';
import type { LabelsOfSize } from './labels-in.ts';

const cocoSchema = z.object({
  images: z.array(z.object({ id: z.union([z.number(), z.string()]), file_name: z.string() })),
  annotations: z.array(
    z.object({
      image_id: z.union([z.number(), z.string()]),
      category_id: z.union([z.number(), z.string()]),
      /** x, y, width, height in pixels. */
      bbox: z.array(z.number()).length(4).optional(),
      /** Polygons; the other form, run lengths of a crowd, is passed over. */
      segmentation: z.unknown().optional(),
    }),
  ),
  categories: z.array(z.object({ id: z.union([z.number(), z.string()]), name: z.string() })).default([]),
});
const polygonsSchema = z.array(z.array(z.number()).min(6));

/**
 * Labels of a COCO file (https://cocodataset.org/#format-data) by the pictures' names; undefined for JSON that is none. Throws
 * where it is no JSON.
 */
export function readCoco(text: string): Map<string, LabelsOfSize> | undefined {
  const parsed = cocoSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const { images, annotations, categories } = parsed.data;
  const classes = new Map(categories.map(({ id, name }) => [id, name]));
  const byPicture = Map.groupBy(annotations, ({ image_id }) => image_id);
  return new Map(
    images.map(({ id, file_name }) => {
      const all = (byPicture.get(id) ?? []).map((one) => ({
        ...{ className: classes.get(one.category_id) ?? String(one.category_id), box: one.bbox },
        polygons: polygonsSchema.safeParse(one.segmentation).data ?? [],
      }));
      const labels = {
        boxes: all.flatMap(({ className, box }) =>
          box ? { className, x: box[0]!, y: box[1]!, width: box[2]!, height: box[3]! } : [],
        ),
        outlines: all.flatMap(({ className, polygons }) => polygons.map((points) => ({ className, points }))),
      };
      return [file_name.replaceAll('\\', '/'), () => labels];
    }),
  );
}
