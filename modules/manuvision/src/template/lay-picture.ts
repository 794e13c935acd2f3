import {
  applyLight,
  fitLight,
  greyPlane,
  type Picture,
  type Plane,
  type Region,
  warpLocally,
} from '@millwright/imaging';
import { pixelsOf } from '../kinds/region-setting.ts';
import { type GoldenTemplate, twoValued } from './golden-template.ts';
import { bytesOf, picturePlanes, planeOf } from './picture-planes.ts';
import { type Placement, placePicture } from './place-picture.ts';

/** A picture as the template sees it: each pixel at the template's place, in the template's light. */
export interface LaidPicture {
  readonly placement: Placement;
  /** As many as the template has, each as large as it. */
  readonly planes: readonly Uint8Array[];
  /** 1 where the picture shows nothing, lies too near its edge to be judged, or is not to be compared. */
  readonly blind: Uint8Array;
}

export type LayTarget = Pick<GoldenTemplate, 'width' | 'height' | 'settings' | 'look' | 'reference' | 'level' | 'mean'>;

/** What enters at the edge of the picture is not told from what is off, within the tolerance of edges. */
export const rimOf = ({ edge }: Pick<GoldenTemplate, 'edge'>): number => edge + 1;

/**
 * @param rim pixels at the edge of template and picture that are not judged
 * @param known where it lies, where that was found already
 */
export function layPicture(template: LayTarget, picture: Picture, rim: number, known?: Placement): LaidPicture {
  const { width, height, settings, look, mean } = template;
  const grey = greyPlane(picture);
  const placement = known ?? placePicture(template.reference, grey, settings.shift);
  const laid = (plane: Plane) => warpLocally(plane, width, height, placement.transform, placement.field);
  const blind = blindPlaces(placement, width, height, picture, rim);
  leaveOut(blind, template);
  if (settings.classes === 'board') {
    const seen = laid(grey);
    return { placement, blind, planes: [twoValued(applyLight(seen, fitLight(look, seen)), template.level)] };
  }
  const planes = picturePlanes(picture, mean.length).map((plane, channel) => {
    const seen = laid(plane);
    const wanted = planeOf(mean[channel]!, width, height);
    return bytesOf(applyLight(seen, fitLight(wanted, seen)));
  });
  return { placement, blind, planes };
}

function blindPlaces(
  { transform: [a, b, c, d, e, f] }: Placement,
  width: number,
  height: number,
  picture: Pick<Picture, 'width' | 'height'>,
  rim: number,
): Uint8Array {
  const blind = new Uint8Array(width * height);
  const [right, bottom] = [picture.width - 1 - rim, picture.height - 1 - rim];
  for (let y = 0; y < height; y++) {
    const outside = y < rim || y >= height - rim;
    for (let x = 0; x < width; x++) {
      const u = a * x + b * y + c;
      const v = d * x + e * y + f;
      if (outside || x < rim || x >= width - rim || u < rim || v < rim || u > right || v > bottom)
        blind[y * width + x] = 1;
    }
  }
  return blind;
}

/** What lies outside the region that is compared, and what may look as it likes. */
function leaveOut(blind: Uint8Array, { width, height, settings }: LayTarget): void {
  const { region, ignored } = settings;
  const rows = (area: Region, mark: (from: number, to: number) => void) => {
    for (let y = area.y; y < area.y + area.height; y++) mark(y * width + area.x, y * width + area.x + area.width);
  };
  const compared = pixelsOf(region, { width, height });
  if (compared.width < width || compared.height < height) {
    const kept = new Uint8Array(blind.length).fill(1);
    rows(compared, (from, to) => kept.set(blind.subarray(from, to), from));
    blind.set(kept);
  }
  for (const one of ignored) rows(pixelsOf(one, { width, height }), (from, to) => blind.fill(1, from, to));
}
