import { z } from 'zod';
import { centernet } from './centernet/centernet.ts';
import type { Decoder } from './decoder.ts';
import { detr } from './detr/detr.ts';
import { nanodet } from './nanodet/nanodet.ts';
import { ssd } from './ssd/ssd.ts';
import { yolo } from './yolo/yolo.ts';
import { yolox } from './yolox/yolox.ts';

/** By the name in the card's `output.family`. */
export const decoders = { yolo, yolox, nanodet, ssd, detr, centernet } as const;

export const outputSchema = z.discriminatedUnion('family', [
  yolo.schema,
  yolox.schema,
  nanodet.schema,
  ssd.schema,
  detr.schema,
  centernet.schema,
]);
export type CardOutput = z.output<typeof outputSchema>;

/** The decoder of a card's output: the schema has made sure that the options are those of its family. */
export const decoderOf = ({ family }: CardOutput): Decoder<typeof outputSchema> =>
  decoders[family] as Decoder<z.ZodType> as Decoder<typeof outputSchema>;
