import { z } from 'zod';
import type { DrawnRegion } from '../../labelling/region.ts';
import { dataSetNotes } from '../notes.ts';
import type { LabelsOfSize, PictureLabels } from './labels-in.ts';
import { maskOfRuns, runLengthsSchema } from './run-lengths.ts';

const id = z.union([z.number(), z.string()]);
const annotationSchema = z.object({
  image_id: id,
  category_id: id,
  /** x, y, width, height in pixels. */
  bbox: z.array(z.number()).length(4).optional(),
  /** Polygons, or the run lengths of a mask. */
  segmentation: z.unknown().optional(),
});
const cocoSchema = z.object({
  images: z.array(z.object({ id, file_name: z.string() })),
  annotations: z.array(annotationSchema),
  categories: z.array(z.object({ id, name: z.string() })).default([]),
});
const polygonsSchema = z.array(z.array(z.number()).min(6)).min(1);

/**
 * Labels of a COCO file (https://cocodataset.org/#format-data) by the pictures' names; undefined for JSON that is none. Throws
 * where it is no JSON.
 */
export function readCoco(text: string): Map<string, LabelsOfSize> | undefined {
  const parsed = cocoSchema.safeParse(JSON.parse(text));
  if (!parsed.success) return undefined;
  const { images, annotations, categories } = parsed.data;
  const classes = new Map(categories.map((one) => [one.id, one.name]));
  const byPicture = Map.groupBy(annotations, ({ image_id }) => image_id);
  return new Map(
    images.map((image) => {
      const objects = (byPicture.get(image.id) ?? []).map((one) => ({
        ...{ className: classes.get(one.category_id) ?? String(one.category_id), bbox: one.bbox },
        segmentation: one.segmentation,
      }));
      const labels: LabelsOfSize = {
        classNames: objects.map(({ className }) => className),
        inPixels: (width, height) => joined(objects.map((one) => labelsOf(one, width, height))),
      };
      return [image.file_name.replaceAll('\\', '/'), labels];
    }),
  );
}

interface CocoObject {
  readonly className: string;
  readonly bbox: readonly number[] | undefined;
  readonly segmentation: unknown;
}

function labelsOf({ className, bbox, segmentation }: CocoObject, width: number, height: number): PictureLabels {
  const box = bbox && { x: bbox[0]!, y: bbox[1]!, width: bbox[2]!, height: bbox[3]! };
  const boxes = box ? [{ className, ...box }] : [];
  const boxed: DrawnRegion[] = box ? [{ class: className, shape: { kind: 'box', ...box } }] : [];
  const polygons = polygonsSchema.safeParse(segmentation).data;
  if (polygons)
    return {
      boxes,
      regions: polygons.map((points) => ({
        class: className,
        shape: { kind: 'polygon', points: points.slice(0, points.length - (points.length % 2)) },
      })),
    };
  const runs = runLengthsSchema.safeParse(segmentation).data;
  if (!runs) return { boxes, regions: boxed };
  const [maskHeight, maskWidth] = runs.size;
  if (maskWidth !== width || maskHeight !== height)
    return {
      ...{ boxes, regions: boxed },
      problems: [dataSetNotes['label-size']({ maskWidth, maskHeight, width, height })],
    };
  const shape = maskOfRuns(runs);
  return shape ? { boxes, regions: [{ class: className, shape }] } : { boxes, regions: boxed };
}

const joined = (all: readonly PictureLabels[]): PictureLabels => ({
  boxes: all.flatMap(({ boxes }) => boxes),
  regions: all.flatMap(({ regions }) => regions),
  problems: all.flatMap(({ problems }) => problems ?? []),
});
