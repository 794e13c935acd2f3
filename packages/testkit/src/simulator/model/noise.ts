/**
 * Noise without state: every value is a hash of (seed, index), so any moment can be computed without the moments
 * before it. The integer mixer is the finaliser of MurmurHash3 (Austin Appleby, public domain).
 */
function mix(value: number): number {
  let h = value | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Seed of one noise stream: the plant's seed and the stream's name. */
export function noiseSeed(seed: number, name: string): number {
  let h = mix(seed ^ 0x9e3779b9);
  for (let i = 0; i < name.length; i++) h = mix(h ^ Math.imul(name.charCodeAt(i) + 1, 0x01000193));
  return h;
}

/** Uniform in [0, 1). `index` is an integer; only its low 32 bits count. */
export function uniform(seed: number, index: number): number {
  return mix(seed ^ Math.imul(index | 0, 0x9e3779b1)) / 4294967296;
}

/** Smooth noise in (-1, 1), mean 0: hashed values at the integers, joined without corners. */
export function smoothNoise(seed: number, x: number): number {
  const cell = Math.floor(x);
  const f = x - cell;
  const a = uniform(seed, cell);
  const b = uniform(seed, cell + 1);
  return (a + (b - a) * f * f * (3 - 2 * f)) * 2 - 1;
}
