/** Numbers that look random and come again with the same seed. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  between(low: number, high: number): number;
  /** Whole number from 0 to below the limit. */
  below(limit: number): number;
  pick<T>(from: readonly T[]): T;
  /** Normal with mean 0 and deviation 1. */
  normal(): number;
}

/** Mulberry32 (Tommy Ettinger, public domain): 32 bits of state, enough to draw pictures. */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  const below = (limit: number) => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + (high - low) * next(),
    pick: (from) => from[below(from.length)]!,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
  };
}

/** A seed for a thing with a name, so that things drawn beside each other do not depend on their order. */
export function seedFor(seed: number, ...names: readonly (string | number)[]): number {
  let hash = seed | 0;
  for (const letter of names.join('/')) {
    hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193);
    hash ^= hash >>> 15;
  }
  return hash;
}
