import type { QuantisedBox } from './quantise.ts';

/** What both sides of the coding know of a track: where it was, and how it moved. */
interface Known {
  box: QuantisedBox;
  time: number;
  /** Units a millisecond, smoothed: the difference of two trembling boxes trembles twice as much. */
  velocity: [number, number, number, number];
  score: number;
  label: number;
}

const smoothing = 0.2;

/** Where the next box of each track is to be expected, so that only the difference is written. */
export class Predictor {
  readonly #tracks = new Map<number, Known>();

  known(track: number): Known | undefined {
    return this.#tracks.get(track);
  }

  expected({ box, time, velocity }: Known, now: number): QuantisedBox {
    const at = (index: 0 | 1 | 2 | 3) => Math.round(box[index] + velocity[index] * (now - time));
    return [at(0), at(1), Math.max(1, at(2)), Math.max(1, at(3))];
  }

  update(track: number, box: QuantisedBox, time: number, score: number, label: number): void {
    const known = this.#tracks.get(track);
    if (!known) {
      this.#tracks.set(track, { box, time, velocity: [0, 0, 0, 0], score, label });
      return;
    }
    const gap = time - known.time;
    if (gap > 0)
      box.forEach((value, index) => {
        const moved = (value - known.box[index]!) / gap;
        known.velocity[index]! += smoothing * (moved - known.velocity[index]!);
      });
    Object.assign(known, { box, time, score, label });
  }
}
