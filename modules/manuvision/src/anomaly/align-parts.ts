import { deflateSync, inflateSync } from 'node:zlib';
import {
  type AlignReference,
  alignReference,
  composeTransforms,
  greyPlane,
  invertTransform,
  type Picture,
  type Plane,
  placePlane,
  pyramidOf,
  type Transform,
  warpPicture,
  wholeOnWhole,
} from '@millwright/imaging';
import { manuvisionErrors } from '../errors.ts';
import { basePicture } from '../kinds/base-picture.ts';
import type { PartPicture } from '../kinds/inspection.ts';
import type { ModelFile } from '../model-file/model-file.ts';
import { bytesOf, planeOf } from '../template/picture-planes.ts';
import type { AnomalySettings } from './anomaly-settings.ts';

type Align = Exclude<AnomalySettings['align'], 'none'>;

/** Name of the attachment: two numbers of 16 bits, the size, and brightness as bytes, packed. */
const referenceName = 'reference';

/** Longer side of the reference picture. */
const side = 320;
const limits = {
  shift: { shift: 0.3, turn: 0.01 },
  rigid: { shift: 0.3, turn: 0.2, turns: [0, -4, 4, -8, 8] },
} as const;

/** A picture brought to where the reference has the part. */
interface AlignedPicture {
  readonly picture: Picture;
  /** Takes places of `picture` to places of the one that came; undefined where it was left as it came. */
  readonly transform: Transform | undefined;
}

type AlignPicture = (picture: Picture) => AlignedPicture;

/** What a model that aligns takes along: the good picture named, or that of the first name; nothing where it does not align. */
export async function referenceOf(
  good: readonly PartPicture[],
  { align, base }: Pick<AnomalySettings, 'align' | 'base'>,
): Promise<ModelFile['attachments']> {
  const first = basePicture(good, base) ?? [...good].sort((a, b) => (a.name < b.name ? -1 : 1))[0];
  return align === 'none' || !first ? {} : { [referenceName]: packedReference(await first.read()) };
}

/** The picture of a part, small and grey, that others are brought to. */
function packedReference(picture: Picture): Uint8Array {
  const { plane } = pyramidOf(greyPlane(picture), side).levels.at(-1)!;
  const bytes = new Uint8Array(4 + plane.data.length);
  new DataView(bytes.buffer).setUint16(0, plane.width);
  new DataView(bytes.buffer).setUint16(2, plane.height);
  bytes.set(bytesOf(plane), 4);
  return new Uint8Array(deflateSync(bytes, { level: 6 }));
}

/** What the settings of a model ask for; undefined where pictures are looked at as they come. Throws MANUVISION_MODEL_DAMAGED. */
export function alignerOf(
  align: AnomalySettings['align'],
  attachments: ModelFile['attachments'],
): AlignPicture | undefined {
  if (align === 'none') return undefined;
  return alignTo(unpacked(attachments[referenceName]), align);
}

function unpacked(packed: Uint8Array | undefined): Plane {
  const bytes = packed && inflateSync(packed, { maxOutputLength: 4 + side * side });
  const view = bytes && new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height] = view && view.byteLength > 4 ? [view.getUint16(0), view.getUint16(2)] : [0, 0];
  if (!bytes || width * height === 0 || bytes.length !== 4 + width * height)
    throw manuvisionErrors.MANUVISION_MODEL_DAMAGED({
      ...{ file: 'the model', reason: 'it has no picture to bring others to' },
    });
  return planeOf(bytes.subarray(4), width, height);
}

/**
 * Brings pictures to where the reference has the part. One that does not correlate with it is left as it came: it is then judged
 * as any other, and what is no such part is unlike good ones. A refusal would keep it out of the promise about false rejects.
 */
function alignTo(plane: Plane, align: Align): AlignPicture {
  const reference: AlignReference = alignReference(plane, side, align);
  return (picture) => {
    const placed = placePlane(reference, pyramidOf(greyPlane(picture), side), limits[align]);
    const back = placed && invertTransform(wholeOnWhole(reference, picture));
    if (!back) return { picture, transform: undefined };
    const transform = composeTransforms(placed.transform, back);
    return { picture: warpPicture(picture, transform), transform };
  };
}

/** The same parts, each brought into place when it is read. */
export function alignedParts(
  parts: readonly PartPicture[],
  align: AnomalySettings['align'],
  attachments: ModelFile['attachments'],
): readonly PartPicture[] {
  const bring = parts.length > 0 ? alignerOf(align, attachments) : undefined;
  return bring ? parts.map((part) => ({ ...part, read: async () => bring(await part.read()).picture })) : parts;
}

/** A heat map of the aligned picture, over the picture that came. What the aligned one does not show has the least value. */
export function heatmapBack({ width, height, data }: Plane, picture: Picture, transform: Transform): Plane {
  const back = invertTransform(transform);
  if (!back) return { width, height, data };
  const [a, b, c, d, e, f] = back;
  const [across, down] = [picture.width / width, picture.height / height];
  const least = data.reduce((lowest, value) => Math.min(lowest, value), Number.POSITIVE_INFINITY);
  const moved = new Float32Array(data.length);
  for (let row = 0; row < height; row++)
    for (let column = 0; column < width; column++) {
      const [x, y] = [(column + 0.5) * across - 0.5, (row + 0.5) * down - 0.5];
      const from = Math.floor((a * x + b * y + c + 0.5) / across);
      const over = Math.floor((d * x + e * y + f + 0.5) / down);
      const inside = from >= 0 && over >= 0 && from < width && over < height;
      moved[row * width + column] = inside ? data[over * width + from]! : least;
    }
  return { width, height, data: moved };
}
