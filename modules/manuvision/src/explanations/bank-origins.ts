import { z } from 'zod';
import { anomalySettingsSchema } from '../anomaly/anomaly-settings.ts';
import type { ModelFile } from '../model-file/model-file.ts';

/** Attachment of a model file; those of older versions have none. */
const name = 'bank-origins.json';
const share = z.number().min(0).max(1);
const whole = z.number().int().min(0);

const schema = z.object({
  /** How a picture is cut before the network sees it. */
  view: z.object({
    tile: anomalySettingsSchema.shape.tile,
    region: anomalySettingsSchema.shape.region,
    side: anomalySettingsSchema.shape.side,
    grid: whole.min(1),
    /** Longer side that pictures are scaled to first; null: as they are. */
    longSide: whole.min(1).nullable(),
  }),
  /** What the names of the network's inner tensors begin with. */
  within: z.string(),
  /** Names of the pictures that were learnt from. */
  pictures: z.array(z.string()),
  /** What was looked at: a picture by its number, and the part of it in shares of its sides. */
  tiles: z.array(z.object({ picture: whole, x: share, y: share, width: share, height: share })),
  /** Of each layer of places, of each row of its memory bank: number of the tile x places of a tile + place. */
  layers: z.array(z.array(whole)),
});

/** Which training picture, and which place of it, each row of the memory bank of good patches is. */
export type BankOrigins = z.output<typeof schema>;

export const originsAttachment = (origins: BankOrigins): Record<string, Uint8Array> => ({
  [name]: Buffer.from(JSON.stringify(origins)),
});

/** Undefined where the model does not say. */
export function originsIn({ attachments }: Pick<ModelFile, 'attachments'>): BankOrigins | undefined {
  const bytes = attachments[name];
  return bytes && schema.parse(JSON.parse(Buffer.from(bytes).toString()));
}
