import { writeCoco } from './coco.ts';
import { writeFolders } from './folders.ts';
import { writeMaskPairs } from './mask-pairs.ts';
import { writeMvtec } from './mvtec.ts';
import { writeVoc } from './voc.ts';
import type { Writer } from './writer.ts';
import { writeYolo } from './yolo.ts';

/** Formats that data sets are written in; all of them are read as well. */
export const dataSetFormats = ['folders', 'masks', 'mvtec', 'coco', 'yolo', 'voc'] as const;
export type DataSetFormat = (typeof dataSetFormats)[number];

export const writers: Readonly<Record<DataSetFormat, Writer>> = {
  ...{ folders: writeFolders, masks: writeMaskPairs, mvtec: writeMvtec },
  ...{ coco: writeCoco, yolo: writeYolo, voc: writeVoc },
};
