import { canonicalJson } from '@millwright/ledger';
import { z } from 'zod';
import { drawnRegionSchema } from '../../labelling/region.ts';
import { readingSchema } from '../../model-file/reading-schema.ts';

const frozenPictureSchema = z.strictObject({
  /** SHA-256 of the file, which lies among the blobs. */
  hash: z.string(),
  fileName: z.string(),
  /** Pixels as shown. */
  ...{ width: z.number(), height: z.number() },
  label: z.enum(['good', 'defect']),
  /** Null: a good part. */
  class: z.string().nullable(),
  /** Part or lot. */
  group: z.string(),
  regions: z.array(drawnRegionSchema),
  /** How its file is read, where the file does not say it. */
  reading: readingSchema.optional(),
});

/** A picture of a data set with what counts of it at a time. */
export type FrozenPicture = z.output<typeof frozenPictureSchema>;

const frozenDatasetSchema = z.strictObject({
  format: z.literal('millwright-dataset'),
  version: z.literal(1),
  pictures: z.array(frozenPictureSchema),
});

/**
 * Pictures and labels as text that their content alone decides: canonical JSON (RFC 8785), pictures by hash, regions in an order of their own, no ids,
 * times or people.
 */
export function freezePictures(pictures: readonly FrozenPicture[]): string {
  const inOrder = <T>(all: readonly T[], key: (one: T) => string): T[] =>
    all
      .map((one) => ({ one, key: key(one) }))
      .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
      .map(({ one }) => one);
  const sorted = inOrder(pictures, ({ hash }) => hash).map((picture) => ({
    ...picture,
    regions: inOrder(picture.regions, canonicalJson),
  }));
  return canonicalJson({ format: 'millwright-dataset', version: 1, pictures: sorted });
}

/** Throws what JSON and the schema throw: the content was checked against its hash before. */
export const thawPictures = (text: string): readonly FrozenPicture[] =>
  frozenDatasetSchema.parse(JSON.parse(text)).pictures;
