import type { BodyPart } from '../parts/body-part.ts';
import { cellsOf } from './cells.ts';
import { toLab } from './cie-lab.ts';

/** Counted up whenever the same patch gets other numbers: a model says by which version it was taught. */
export const descriptorVersion = 1;

const hues = 8;
const lightnesses = 6;
const chromas = 5;
/** Numbers a cell. */
const perCell = hues + lightnesses + chromas;
/** Chroma in CIE Lab from which a colour counts fully as a hue; greys have none. */
const fullChroma = 40;
const mostChroma = 60;

/** How many numbers describe a part. */
export const numbersOf = (part: BodyPart): number => cellsOf[part].length * perCell;

/**
 * What a patch (48 by 48, packed RGB) looks like: in each cell the hues weighed by their chroma, the lightnesses and the
 * chromas of CIE Lab, counted into two neighbouring bins each, as square roots of their shares, so that the distance of
 * two descriptions is Hellinger's, which fits counts. 19 numbers a cell.
 */
export function describePatch(patch: Uint8Array, part: BodyPart): Float32Array {
  const lab = toLab(patch);
  const cells = cellsOf[part];
  const counts = new Float64Array(cells.length * perCell);
  const weights = new Float64Array(cells.length);
  for (let pixel = 0; pixel < lab.length / 3; pixel++) {
    const [light, a, b] = [lab[pixel * 3]!, lab[pixel * 3 + 1]!, lab[pixel * 3 + 2]!];
    const chroma = Math.hypot(a, b);
    const hue = ((Math.atan2(b, a) / (2 * Math.PI) + 1) % 1) * hues;
    const lower = Math.floor(hue) % hues;
    const part = hue - Math.floor(hue);
    const strength = Math.min(1, chroma / fullChroma);
    for (const [index, cell] of cells.entries()) {
      const weight = cell[pixel]!;
      if (weight < 0.02) continue;
      const at = index * perCell;
      weights[index]! += weight;
      counts[at + lower]! += weight * strength * (1 - part);
      counts[at + ((lower + 1) % hues)]! += weight * strength * part;
      count(counts, at + hues, lightnesses, light / 100, weight);
      count(counts, at + hues + lightnesses, chromas, chroma / mostChroma, weight);
    }
  }
  return Float32Array.from(counts, (value, index) => Math.sqrt(value / weights[Math.floor(index / perCell)]!));
}

/** Into the two bins whose middles the value (0 to 1) lies between. */
function count(counts: Float64Array, at: number, bins: number, value: number, weight: number): void {
  const place = Math.min(bins - 1e-6, Math.max(0, value * bins)) - 0.5;
  const lower = Math.floor(place);
  const part = place - lower;
  counts[at + Math.max(0, lower)]! += weight * (1 - part);
  counts[at + Math.min(bins - 1, lower + 1)]! += weight * part;
}
