import { between } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import type { Box, Detected } from '../observation.ts';
import { type BoxFilter, boxOf, correct, placed, predict, slowed, startFilter } from './box-filter.ts';
import type { TrackerOptions } from './options.ts';

/** One box that a detector saw of a track. */
export interface Sighting {
  readonly time: number;
  readonly box: Box;
  readonly score: number;
  /** How far the camera was off its first direction then: `box` is where it would be without that. */
  readonly camera: Point;
}

/** When detections were made, and where the camera looked then. */
export interface Moment {
  readonly time: number;
  readonly camera: Point;
}

/** A thing that the tracker follows, with all it remembers of it: bounded, however long it stays. */
export class Track {
  /** 0 until it is confirmed. */
  id = 0;
  rejoined = false;
  /** Confirmed, and not yet handed out. */
  isNew = false;
  hits = 1;
  /** Detections of high score among them. */
  highHits = 0;
  bestScore = 0;
  /** Where and when it was seen first. */
  readonly first: Sighting;
  /** Begun by a detection that alone would not be believed. */
  readonly isDoubtful: boolean;
  /** Detection passes since it was last seen. */
  misses = 0;
  filter: BoxFilter;
  appearance: Float32Array | undefined;
  /** The last sightings, oldest first. */
  readonly sightings: Sighting[];
  readonly group: string;
  readonly #options: TrackerOptions;
  readonly #votes = new Map<string, number>();
  /** The filter as it was when the thing was last seen. */
  #whenSeen: BoxFilter;

  constructor(detection: Detected, { time, camera }: Moment, group: string, options: TrackerOptions) {
    this.#options = options;
    this.group = group;
    this.filter = startFilter(detection.box, time, options.noise);
    this.#whenSeen = this.filter;
    this.first = { time, camera, box: detection.box, score: detection.score };
    this.sightings = [this.first];
    this.isDoubtful = detection.score < options.birthScore;
    this.#remember(detection);
  }

  get last(): Sighting {
    return this.sightings.at(-1)!;
  }

  get box(): Box {
    return boxOf(this.filter);
  }

  get label(): string {
    let [best, most] = ['', -1];
    for (const [label, votes] of this.#votes) if (votes > most) [best, most] = [label, votes];
    return best;
  }

  /** Seconds since it was last seen. */
  unseen(time: number): number {
    return (time - this.last.time) / 1000;
  }

  predict(time: number): void {
    const hidden = this.unseen(time);
    const step = (time - this.filter.time) / 1000;
    const { carrySeconds } = this.#options;
    // Beyond what the motion is known for, a thing is as likely to stand behind what hides it as to walk on.
    const fading = hidden > carrySeconds && step > 0 ? slowed(this.filter, 0.5 ** (step / carrySeconds)) : this.filter;
    this.filter = predict(fading, time, this.#options.noise);
  }

  /** Supposes that it stayed where it was last seen: by the filter, or where the detector itself saw it. */
  standStill(where: 'filtered' | 'detected'): void {
    const there = where === 'detected' ? placed(this.#whenSeen, this.last.box) : this.#whenSeen;
    this.filter = predict(slowed(there, 0), this.filter.time, this.#options.noise);
  }

  see(detection: Detected, { time, camera }: Moment, trust: number): void {
    const { noise } = this.#options;
    if (this.misses > 0 && this.id > 0) this.filter = this.#reupdated(detection.box, time);
    this.filter = correct(predict(this.filter, time, noise), detection.box, noise, trust);
    this.#whenSeen = this.filter;
    this.hits += 1;
    this.misses = 0;
    this.sightings.push({ time, camera, box: detection.box, score: detection.score });
    if (this.sightings.length > this.#options.keepSightings) this.sightings.shift();
    this.#remember(detection);
  }

  /**
   * Observation-centric re-update (OC-SORT, Cao 2023): while the thing was hidden the filter ran on its own guesses and
   * its errors grew. It is run again from the last sighting on, along the straight way to the new one.
   */
  #reupdated(box: Box, time: number): BoxFilter {
    const { noise } = this.#options;
    const { last } = this;
    const steps = Math.min(this.misses, 30);
    let filter = this.#whenSeen;
    for (let step = 1; step <= steps; step++) {
      const part = step / (steps + 1);
      filter = predict(filter, last.time + (time - last.time) * part, noise);
      filter = correct(filter, between(last.box, box, part), noise);
    }
    return filter;
  }

  #remember({ label, score, appearance }: Detected): void {
    this.#votes.set(label, (this.#votes.get(label) ?? 0) + score);
    if (score >= this.#options.highScore) this.highHits += 1;
    this.bestScore = Math.max(this.bestScore, score);
    if (!appearance) return;
    if (!this.appearance || this.appearance.length !== appearance.length) {
      this.appearance = Float32Array.from(appearance);
      return;
    }
    // A surer detection says more of how the thing looks (StrongSORT, Du 2023: moving average of unit vectors).
    const keep = 1 - 0.1 * Math.min(1, score);
    let length = 0;
    for (let index = 0; index < appearance.length; index++) {
      const mixed = keep * this.appearance[index]! + (1 - keep) * appearance[index]!;
      this.appearance[index] = mixed;
      length += mixed * mixed;
    }
    const scale = length > 0 ? 1 / Math.sqrt(length) : 1;
    for (let index = 0; index < appearance.length; index++) this.appearance[index]! *= scale;
  }
}
