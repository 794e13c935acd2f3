import { localStatistics, type Plane } from '@millwright/imaging';

const strips = 5;

/** Mean brightness along bars that stand nearly upright: of all rows, of strips of them, and the median of the strips. */
export function barProfiles(plane: Plane): [name: string, profile: Float32Array][] {
  const lean = bestLean(plane);
  const rows = Math.floor(plane.height / strips);
  const parts = Array.from({ length: strips }, (_, strip) => meanRow(plane, lean, strip * rows, (strip + 1) * rows));
  const middle = Float32Array.from(
    parts[0]!,
    (_, x) => parts.map((part) => part[x]!).sort((a, b) => a - b)[strips >> 1]!,
  );
  return [
    ['of all rows', meanRow(plane, lean, 0, plane.height)],
    ...parts.map((part, strip): [string, Float32Array] => [`of strip ${strip + 1}`, part]),
    ['by the median', middle],
  ];
}

/** How far the bars lean, pixels across for one down: where the mean of all rows keeps most of its edges. */
function bestLean(plane: Plane): number {
  let [best, most] = [0, -1];
  for (let step = -24; step <= 24; step++) {
    const lean = step / 40;
    const row = meanRow(plane, lean, 0, plane.height, 4);
    let energy = 0;
    for (let x = 2; x < row.length; x++) energy += (row[x]! - row[x - 2]!) ** 2;
    if (energy > most) [most, best] = [energy, lean];
  }
  return best;
}

function meanRow({ width, height, data }: Plane, lean: number, from: number, to: number, every = 1): Float32Array {
  const sums = new Float32Array(width);
  let count = 0;
  for (let y = from; y < to; y += every) {
    const shift = (y - height / 2) * lean;
    const whole = Math.floor(shift);
    const part = shift - whole;
    for (let x = 0; x < width; x++) {
      const left = Math.min(Math.max(x + whole, 0), width - 1);
      const right = Math.min(Math.max(x + whole + 1, 0), width - 1);
      sums[x]! += data[y * width + left]! * (1 - part) + data[y * width + right]! * part;
    }
    count++;
  }
  return sums.map((sum) => sum / count);
}

/** Evenly lit: mean and contrast of the surroundings are the same everywhere. 0 to 1. */
export function evenProfile(profile: Float32Array): Float32Array {
  const { mean, deviation } = localStatistics({ width: profile.length, height: 1, data: profile }, 70);
  let all = 0;
  for (const value of deviation) all += value;
  const least = (all / deviation.length) * 0.5 + 1e-4;
  return profile.map((value, at) => {
    const part = (value - mean[at]!) / Math.max(deviation[at]!, least);
    return Math.min(Math.max(0.5 + part / 4, 0.02), 1);
  });
}

/** As if it lay flat, when it was wrapped around a cylinder with half of the given arc, the code reaching to both ends but the margins. */
export function unrollProfile(profile: Float32Array, arc: number, margin: number): Float32Array {
  if (arc === 0) return profile;
  const inner = profile.length - margin * 2;
  const sine = Math.sin(arc);
  return profile.map((_, at) => {
    const flat = ((at - margin) / inner) * 2 - 1;
    const bent = Math.abs(flat) <= 1 ? Math.sin(flat * arc) / sine : flat;
    const x = Math.min(Math.max(margin + ((bent + 1) / 2) * inner, 0), profile.length - 1.001);
    const left = Math.floor(x);
    return profile[left]! + (profile[left + 1]! - profile[left]!) * (x - left);
  });
}

/** Undoes a blur of the given width in pixels (Richardson and Lucy, along the row alone). */
export function deblurProfile(profile: Float32Array, width: number): Float32Array {
  if (width === 0) return profile;
  let estimate = profile;
  for (let round = 0; round < 40; round++) {
    const seen = boxed(estimate, width);
    const correction = boxed(
      profile.map((value, at) => value / Math.max(seen[at]!, 1e-3)),
      width,
    );
    estimate = estimate.map((value, at) => Math.min(value * correction[at]!, 2));
  }
  return estimate.map((value) => Math.min(value, 1));
}

function boxed(row: Float32Array, width: number): Float32Array {
  const radius = width >> 1;
  const last = row.length - 1;
  let sum = 0;
  for (let at = -radius; at <= radius; at++) sum += row[Math.min(Math.max(at, 0), last)]!;
  return row.map((_, at) => {
    const mean = sum / (radius * 2 + 1);
    sum += row[Math.min(at + radius + 1, last)]! - row[Math.max(at - radius, 0)]!;
    return mean;
  });
}
