import type { LabelledBox } from '../kinds/inspection.ts';
import type { DrawnRegion } from '../labelling/region.ts';
import type { Reading } from '../model-file/model-file.ts';
import type { Half } from './layouts/halves.ts';
import type { LeftOut } from './notes.ts';
import type { SourceFile } from './source.ts';

/** One picture of a data set with what is known of it. */
export interface DataPicture {
  /** Within its source; a page of a stack is `stack.tif#2`, the first page being 1. */
  readonly name: string;
  readonly file: SourceFile;
  /** From 0. */
  readonly page: number;
  readonly reading?: Reading;
  /** Part or lot. */
  readonly group: string;
  /** Null where nobody said. */
  readonly className: string | null;
  readonly good: boolean | null;
  readonly boxes: readonly LabelledBox[];
  readonly mask?: SourceFile;
  /** What label files say of its places; a mask of a file of its own is not among them. */
  readonly regions: readonly DrawnRegion[];
  /** Which half of a split it belongs to; null where there is none. */
  readonly half: Half | null;
}

/** A picture that was read once and found sound. */
export interface SoundPicture extends DataPicture {
  readonly width: number;
  readonly height: number;
  /** SHA-256 of size and pixels: the same for a picture that was only stored in another way. */
  readonly pixels: string;
  /** The same of the mask. */
  readonly maskPixels?: string;
}

export interface DataSet {
  readonly pictures: readonly SoundPicture[];
  readonly leftOut: readonly LeftOut[];
  /** Content address: SHA-256 over names, pixels and labels. */
  readonly version: string;
  /** Names of pictures that show the same, exactly or nearly; each list is one group. */
  readonly alike: readonly (readonly string[])[];
  readonly exactDuplicates: number;
}
