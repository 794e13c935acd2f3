import { connectedComponents, type Plane, sampleAt } from '@millwright/imaging';

/** Most different levels that heat is told apart by; ranks of the maps' own values, so that no outlier coarsens them. */
const mostLevels = 65_536;
/** False positives up to which the per-region overlap is integrated (Bergmann et al., 2019). */
const limit = 0.3;

/** A heat map with the truth of its picture: a mask as large as the picture, or null for a good part. */
export interface MappedPicture {
  readonly heatmap: Plane;
  readonly width: number;
  readonly height: number;
  readMask(): Promise<Plane | null>;
}

export interface PixelMetrics {
  /** Area under the ROC of pixels. */
  readonly pixelAUROC: number | null;
  /**
   * Area under the per-region-overlap curve to a false positive rate of 0.3, divided by 0.3 (Bergmann et al., "MVTec AD", CVPR
   * 2019): every connected defect counts the same, whatever its size.
   */
  readonly aupro: number | null;
  /** Pixels that are hot and faulty over those that are either, at the limit that was given. */
  readonly iou: number | null;
  /** The same at the best limit for these pictures. */
  readonly iouMax: number | null;
}

/**
 * Compares heat maps, brought to the size of the picture (bilinear), with masks. Masks are read one after the other.
 *
 * @param from heat from which on a pixel is told as defect; left out, nothing says so
 */
export async function pixelMetrics(
  pictures: readonly MappedPicture[],
  signal: AbortSignal,
  from?: number,
): Promise<PixelMetrics> {
  const levels = levelsOf(pictures);
  const counts = levels.length + 1;
  const [clean, faulty, overlap] = [new Float64Array(counts), new Float64Array(counts), new Float64Array(counts)];
  const told = { faulty: 0, clean: 0 };
  let regions = 0;
  for (const picture of pictures) {
    signal.throwIfAborted();
    regions += addPicture(picture, await picture.readMask(), levels, { clean, faulty, overlap }, (value, isFaulty) => {
      if (from !== undefined && value >= from) told[isFaulty ? 'faulty' : 'clean']++;
    });
  }
  const [cleanPixels, faultyPixels] = [sum(clean), sum(faulty)];
  if (cleanPixels === 0 || faultyPixels === 0) return { pixelAUROC: null, aupro: null, iou: null, iouMax: null };
  let [falseRate, trueRate, regionRate, area, regionArea, iouMax] = [0, 0, 0, 0, 0, 0];
  // From the hottest level down: each step admits the pixels of one level.
  for (let level = counts - 1; level >= 0; level--) {
    const nextFalse = falseRate + clean[level]! / cleanPixels;
    const nextTrue = trueRate + faulty[level]! / faultyPixels;
    const nextRegion = regionRate + overlap[level]! / regions;
    area += ((nextFalse - falseRate) * (trueRate + nextTrue)) / 2;
    if (falseRate < limit) {
      const share = nextFalse > limit ? (limit - falseRate) / (nextFalse - falseRate) : 1;
      const reached = regionRate + (nextRegion - regionRate) * share;
      regionArea += ((Math.min(nextFalse, limit) - falseRate) * (regionRate + reached)) / 2;
    }
    iouMax = Math.max(iouMax, (nextTrue * faultyPixels) / (faultyPixels + nextFalse * cleanPixels));
    [falseRate, trueRate, regionRate] = [nextFalse, nextTrue, nextRegion];
  }
  const iou = from === undefined ? null : told.faulty / (faultyPixels + told.clean);
  return { pixelAUROC: area, aupro: regionArea / limit, iou, iouMax };
}

interface Histograms {
  readonly clean: Float64Array;
  readonly faulty: Float64Array;
  /** Each pixel of a defect counts its share of its region. */
  readonly overlap: Float64Array;
}

function addPicture(
  { heatmap, width, height }: MappedPicture,
  mask: Plane | null,
  levels: Float32Array,
  { clean, faulty, overlap }: Histograms,
  tell: (value: number, isFaulty: boolean) => void,
): number {
  const found = mask && connectedComponents(mask.data, width, height);
  const [scaleX, scaleY] = [heatmap.width / width, heatmap.height / height];
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const value = sampleAt(heatmap, (x + 0.5) * scaleX - 0.5, (y + 0.5) * scaleY - 0.5);
      const level = levelOf(value, levels);
      const region = found?.labels[y * width + x] ?? 0;
      tell(value, region > 0);
      if (region === 0) clean[level]!++;
      else {
        faulty[level]!++;
        overlap[level]! += 1 / found!.components[region - 1]!.area;
      }
    }
  return found?.components.length ?? 0;
}

/** Values of the maps in order, thinned evenly by rank. */
function levelsOf(pictures: readonly MappedPicture[]): Float32Array {
  const all = new Float32Array(pictures.reduce((length, { heatmap }) => length + heatmap.data.length, 0));
  let at = 0;
  for (const { heatmap } of pictures) {
    all.set(heatmap.data, at);
    at += heatmap.data.length;
  }
  all.sort();
  const step = Math.max(1, all.length / mostLevels);
  const kept: number[] = [];
  for (let rank = 0; rank < all.length; rank += step) {
    const value = all[Math.floor(rank)]!;
    if (kept.at(-1) !== value) kept.push(value);
  }
  return Float32Array.from(kept);
}

/** How many levels are at most so high. */
function levelOf(value: number, levels: Float32Array): number {
  let [low, high] = [0, levels.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (levels[middle]! <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

const sum = (values: Float64Array): number => values.reduce((total, value) => total + value, 0);
