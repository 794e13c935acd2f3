import type { DrawnRegion } from '../../labelling/region.ts';
import { runsOfMask } from '../layouts/run-lengths.ts';
import type { LeftOut } from '../notes.ts';
import { areaOf, boundsOf } from '../regions/shape.ts';
import { regionsToWrite } from './by-region.ts';
import { classNamesOf, pictureFile, textFile, type Writer, type WrittenPicture } from './writer.ts';

/**
 * COCO (https://cocodataset.org/#format-data): `annotations/instances.json`, or a file for each half; boxes, polygons, and masks as
 * run lengths. Pictures that nobody labelled lie beside the others and are in no file.
 */
export const writeCoco: Writer = (pictures) => {
  const unsaid: LeftOut[] = [];
  const categories = classNamesOf(pictures).map((name, at) => ({ id: at + 1, name, supercategory: 'defect' }));
  const numberOf = new Map(categories.map(({ id, name }) => [name, id]));
  const byHalf = Map.groupBy(pictures, ({ half }) => half);
  const files = [...byHalf].flatMap(([half, own]) => {
    const folder = half ?? 'images';
    const labelled = own.filter(({ label }) => label !== null);
    const objects = labelled.flatMap((picture, at) =>
      regionsToWrite(picture, unsaid).map((region) => ({ picture, image_id: at + 1, region })),
    );
    const content = {
      info: { description: 'Written by Millwright' },
      images: labelled.map(({ fileName, width, height }, at) => ({ id: at + 1, file_name: fileName, width, height })),
      annotations: objects.map(({ picture, image_id, region }, at) => ({
        ...{ id: at + 1, image_id, category_id: numberOf.get(region.class)! },
        ...annotationOf(region, picture),
      })),
      categories,
    };
    const name = half ? `instances_${half}` : 'instances';
    return [
      textFile(`annotations/${name}.json`, `${JSON.stringify(content)}\n`),
      ...own.map((picture) => pictureFile([folder], picture)),
    ];
  });
  return { files, unsaid };
};

function annotationOf({ shape }: DrawnRegion, { width, height }: WrittenPicture) {
  const box = boundsOf(shape);
  return {
    bbox: [box.x, box.y, box.width, box.height],
    area: areaOf(shape),
    iscrowd: 0,
    segmentation:
      shape.kind === 'polygon' ? [shape.points] : shape.kind === 'mask' ? runsOfMask(shape, width, height) : [],
  };
}
