import type { SensorData } from '../types.ts';

/** Numbers of about normal shape that follow from the seed alone. */
export function drawnNoise(seed: number): () => number {
  let state = seed >>> 0 || 1;
  const next = () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 4294967296;
  };
  return () => next() + next() + next() + next() - 2;
}

/** Four sensors, one row a second: three that move together, and one of its own. */
export function drawnPlant(rows: number, seed: number): SensorData {
  const noise = drawnNoise(seed);
  const values = new Float64Array(rows * 4);
  for (let row = 0; row < rows; row++) {
    const load = Math.sin(row / 20) + noise() * 0.2;
    values[row * 4] = 20 + 5 * load + noise() * 0.5;
    values[row * 4 + 1] = 40 + 8 * load + noise() * 0.5;
    values[row * 4 + 2] = 900 + 150 * load + noise() * 10;
    values[row * 4 + 3] = 3 + noise();
  }
  const time = Float64Array.from({ length: rows }, (_, row) => Date.UTC(2024, 0, 1) + row * 1000);
  return { names: ['current', 'flow', 'power', 'vibration'], rows, values, time };
}
