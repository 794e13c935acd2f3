import { type Calibration, layerWeights, type PlaceSpread, type Places, type Spread } from './scoring-network.ts';

/** Of one good part that was not learnt from, as the scoring network without a calibration gives them. */
export interface Distances {
  /** Of each layer of the whole. */
  readonly whole: Float32Array;
  /** Layer by layer, of each place of the grid. */
  readonly places: Float32Array;
}

/** A place is counted as if so many parts more had been seen that are there as all places are. */
const believed = 10;

/**
 * How far off good parts are: of each place, drawn towards all places where there are few parts, and smoothed over its
 * neighbours, since parts do not lie quite the same; then of each layer. With fewer than two parts nothing can be measured:
 * distances are in deviations of the numbers they are made of, so that they count by themselves.
 */
export function calibrationOf(
  parts: readonly Distances[],
  layers: { readonly whole: number; readonly places: number },
  places: Places,
): Calibration {
  const own = Array.from({ length: layers.places }, (_, layer) => placeSpread(parts, layer, places.grid));
  const uncounted = Array.from({ length: layers.whole + layers.places }, () => ({ mean: 0, deviation: 1 }));
  if (parts.length < 2) return { places: own, layers: uncounted };
  const all = parts.map((part) => layerDistances(part, own, places));
  return { places: own, layers: uncounted.map((_, layer) => spreadOf(all.map((distances) => distances[layer]!))) };
}

/** As the network works it out. */
export function scoreOf(part: Distances, { places: own, layers }: Calibration, places: Places): number {
  const distances = layerDistances(part, own, places);
  const weights = layerWeights(layers.length - own.length, own.length);
  return distances.reduce(
    (sum, value, at) => sum + (weights[at]! * (value - layers[at]!.mean)) / layers[at]!.deviation,
    0,
  );
}

/** Of each layer of the whole, then of each layer of places the mean of its worst ones. */
function layerDistances({ whole, places }: Distances, own: readonly PlaceSpread[], { grid, worst }: Places): number[] {
  const local = own.map(({ mean, deviation }, layer) => {
    const map = places.subarray(layer * grid ** 2, (layer + 1) * grid ** 2);
    const off = map.map((value, at) => (value - mean[at]!) / deviation[at]!).sort();
    return off.subarray(-worst).reduce((sum, value) => sum + value, 0) / worst;
  });
  return [...whole, ...local];
}

function placeSpread(parts: readonly Distances[], layer: number, grid: number): PlaceSpread {
  const count = grid ** 2;
  if (parts.length < 2) return { mean: new Float32Array(count), deviation: new Float32Array(count).fill(1) };
  const maps = parts.map(({ places }) => places.subarray(layer * count, (layer + 1) * count));
  const everywhere = maps.reduce((sum, map) => sum + map.reduce((a, b) => a + b, 0), 0) / (maps.length * count);
  const weight = maps.length + believed;
  const means = Float32Array.from({ length: count }, (_, at) => {
    const sum = maps.reduce((total, map) => total + map[at]!, 0);
    return (sum + believed * everywhere) / weight;
  });
  const squares = (at: number) => maps.reduce((total, map) => total + (map[at]! - means[at]!) ** 2, 0);
  const all = Array.from({ length: count }, (_, at) => squares(at));
  const usual = all.reduce((sum, value) => sum + value, 0) / (maps.length * count);
  const variances = Float32Array.from(all, (sum) => (sum + believed * usual) / weight);
  const mean = overNeighbours(means, grid);
  const deviation = overNeighbours(variances, grid).map((value, at) => atLeast(Math.sqrt(value), mean[at]!));
  return { mean, deviation };
}

/** The mean of 3 x 3 places, of fewer at the edges. */
function overNeighbours(map: Float32Array, grid: number): Float32Array {
  return map.map((_, at) => {
    const [row, column] = [Math.floor(at / grid), at % grid];
    let [sum, count] = [0, 0];
    for (let y = Math.max(row - 1, 0); y <= Math.min(row + 1, grid - 1); y++)
      for (let x = Math.max(column - 1, 0); x <= Math.min(column + 1, grid - 1); x++, count++)
        sum += map[y * grid + x]!;
    return sum / count;
  });
}

function spreadOf(values: readonly number[]): Spread {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, deviation: atLeast(Math.sqrt(variance), mean) };
}

/** Parts that are all the same leave no deviation to count by. */
const atLeast = (deviation: number, mean: number): number => Math.max(deviation, 0.05 * Math.abs(mean), 1e-3);
