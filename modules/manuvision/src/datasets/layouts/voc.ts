import { XMLParser } from 'fast-xml-parser';
import { z } from 'zod';
import type { LabelsOfSize } from './labels-in.ts';

const side = z.coerce.number();
const vocSchema = z.object({
  annotation: z.object({
    filename: z.coerce.string().default(''),
    object: z
      .array(
        z.object({
          name: z.coerce.string(),
          bndbox: z.object({ xmin: side, ymin: side, xmax: side, ymax: side }),
        }),
      )
      .default([]),
  }),
});

/**
 * Labels of a Pascal VOC file (Everingham et al., 2010), whose boxes begin at pixel 1 and hold their last pixel; undefined for XML
 * that is none. Entities are not expanded, so that no file can grow ("billion laughs").
 */
export function readVoc(text: string): { readonly picture: string; readonly labels: LabelsOfSize } | undefined {
  const parser = new XMLParser({ processEntities: false, isArray: (name) => name === 'object', parseTagValue: false });
  const parsed = vocSchema.safeParse(parser.parse(text, true));
  if (!parsed.success) return undefined;
  const { filename, object } = parsed.data.annotation;
  const objects = object.map(({ name, bndbox: { xmin, ymin, xmax, ymax } }) => ({
    className: plainText(name),
    box: { x: xmin - 1, y: ymin - 1, width: xmax - xmin + 1, height: ymax - ymin + 1 },
  }));
  const boxes = objects.map(({ className, box }) => ({ className, ...box }));
  const regions = objects.map(({ className, box }) => ({ class: className, shape: { kind: 'box' as const, ...box } }));
  const labels = { classNames: objects.map(({ className }) => className), inPixels: () => ({ boxes, regions }) };
  return { picture: plainText(filename), labels };
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
/** The five entities that XML itself knows. */
const plainText = (text: string): string =>
  text.replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => entities[name]!);
