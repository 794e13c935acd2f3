import { apart, coveredPart, intersectionOverUnion, moved, type Size } from '../geometry/box.ts';
import type { Point } from '../geometry/point.ts';
import type { Detected, TrackedObject } from '../observation.ts';
import { affinity } from './affinity.ts';
import { bestPairs } from './assignment.ts';
import { sizeOf } from './box-filter.ts';
import { CameraMotion } from './camera-shift.ts';
import { type TrackerOptions, trackerDefaults } from './options.ts';
import { type Sighting, Track } from './track.ts';

export interface Tracker {
  /**
   * Tells the tracker what was detected at a moment, and returns all confirmed tracks as they are then.
   *
   * @param time milliseconds; gaps may be any. A step backwards or over `gapSeconds` ends all tracks
   * @param detections in pixels; undefined where no detector ran at this moment: tracks are carried on their motion
   * @param size of the picture in pixels; a track whose centre leaves it is not carried on
   */
  update(time: number, detections: readonly Detected[] | undefined, size: Size): TrackedObject[];
  /** How many things were seen the last time that are not confirmed yet. */
  readonly unconfirmed: number;
}

/** A doubtful thing is settled after so long. */
const settledMs = 1_000;

/**
 * Follows things from picture to picture without looking ahead: SORT (Bewley 2016) with the second look at detections
 * of low score of ByteTrack (Zhang 2022) and the observation-centric momentum, re-update and recovery of OC-SORT (Cao
 * 2023), written for time instead of frames. Equal input gives equal output.
 */
export function createTracker(options: Partial<TrackerOptions> = {}): Tracker {
  return new ByteTracker({ ...trackerDefaults, ...options });
}

/** `onSeen` is told every sighting of a confirmed track as the detector gave it, its earlier ones included. */
export class ByteTracker implements Tracker {
  readonly #options: TrackerOptions;
  readonly #onSeen: ((track: number, sighting: Sighting) => void) | undefined;
  readonly #groupOf = new Map<string, string>();
  #tracks: Track[] = [];
  #lastId = 0;
  /** How far the camera has turned away since the beginning, in pixels; all tracks live in its first direction. */
  #camera: Point = { x: 0, y: 0 };
  #cameraMotion = new CameraMotion();
  #time = Number.NEGATIVE_INFINITY;
  /** Of the present moment. */
  #detections: readonly Detected[] = [];

  constructor(options: TrackerOptions, onSeen?: (track: number, sighting: Sighting) => void) {
    this.#options = options;
    this.#onSeen = onSeen;
    for (const group of options.groups) for (const label of group) this.#groupOf.set(label, group[0]!);
  }

  update(time: number, detections: readonly Detected[] | undefined, size: Size): TrackedObject[] {
    const { gapSeconds } = this.#options;
    if (time < this.#time || time > this.#time + gapSeconds * 1000) {
      this.#tracks = [];
      this.#camera = { x: 0, y: 0 };
      this.#cameraMotion = new CameraMotion();
    }
    this.#time = time;
    for (const track of this.#tracks) track.predict(time);
    if (detections) this.#detected(time, this.#steadied(detections.filter(isUsable)));
    this.#tracks = this.#tracks.filter((track) => !this.#isOver(track, time, size));
    return this.#tracks.flatMap((track) => this.#shown(track, time));
  }

  get unconfirmed(): number {
    // What is doubtful and stands may stay so for hours.
    return this.#tracks.filter(({ id, misses, isDoubtful }) => id === 0 && misses === 0 && !isDoubtful).length;
  }

  get camera(): Point {
    return this.#camera;
  }

  /** The detections as they would be had the camera not moved. */
  #steadied(detections: readonly Detected[]): Detected[] {
    const { followCamera, highScore } = this.#options;
    const back = ({ x, y }: Point): Point => ({ x: -x, y: -y });
    const steady = (found: readonly Detected[], by: Point) =>
      found.map((one) => ({ ...one, box: moved(one.box, back(by)) }));
    const before = steady(detections, this.#camera);
    if (!followCamera) return before;
    const seen = this.#tracks.filter(({ misses }) => misses === 0).map(({ box }) => box);
    const shift = this.#cameraMotion.look(
      seen,
      before.filter(({ score }) => score >= highScore),
    );
    if (shift.x === 0 && shift.y === 0) return before;
    this.#camera = { x: this.#camera.x + shift.x, y: this.#camera.y + shift.y };
    return steady(detections, this.#camera);
  }

  #detected(time: number, detections: readonly Detected[]): void {
    const { highScore, lowScore, birthScore, overlap, lowOverlap, carrySeconds, scoredLabels } = this.#options;
    this.#detections = detections;
    const high = detections.filter(({ score }) => score >= highScore);
    const low = detections.filter(({ score }) => score < highScore && score >= lowScore);
    const known = this.#tracks.filter(({ id }) => id > 0);
    const tentative = this.#tracks.filter(({ id }) => id === 0);
    const before = new Set(this.#tracks);
    const matched: Track[] = [];
    const match = (tracks: readonly Track[], open: readonly Detected[], least: number) => {
      const gain = tracks.map((track) =>
        open.map((detection) =>
          this.#group(detection) === track.group ? affinity(track, detection, least, this.#options) : 0,
        ),
      );
      const taken = new Set<Detected>();
      for (const [row, column] of bestPairs(gain)) {
        const [track, detection] = [tracks[row]!, open[column]!];
        this.#join(track, detection, time);
        before.delete(track);
        matched.push(track);
        taken.add(detection);
      }
      return open.filter((detection) => !taken.has(detection));
    };
    const waiting = (tracks: readonly Track[]) => tracks.filter((track) => before.has(track));
    let open = match(known, high, overlap);
    let openLow = match(
      // However long ago the last look was: who was seen in it is not hidden.
      waiting(known).filter((track) => track.misses === 0 || track.unseen(time) <= carrySeconds),
      low,
      lowOverlap,
    );
    open = this.#recover(waiting(known), open, match);
    open = match(waiting(tentative), open, overlap);
    const doubtful = () => waiting(tentative).filter(({ isDoubtful }) => isDoubtful);
    openLow = match(doubtful(), openLow, lowOverlap);
    openLow = this.#recover(doubtful(), openLow, match);
    for (const track of before) track.misses += 1;
    for (const detection of open) {
      if (matched.some(({ box }) => intersectionOverUnion(box, detection.box) > 0.7)) continue;
      if (detection.score >= birthScore) this.#begin(detection, time);
      else openLow.push(detection);
    }
    for (const detection of openLow) {
      if (scoredLabels.includes(detection.label)) continue;
      // Parts of what is known, and boxes around it, are detected with low scores too.
      const isOfKnown = this.#tracks.some(
        ({ box, group }) =>
          group === this.#group(detection) &&
          Math.max(coveredPart(box, detection.box), coveredPart(detection.box, box)) >= 0.5,
      );
      if (!isOfKnown) this.#begin(detection, time);
    }
  }

  /** Observation-centric recovery (OC-SORT): what stopped while it was hidden is looked for where it was last seen. */
  #recover(
    tracks: readonly Track[],
    open: readonly Detected[],
    match: (tracks: readonly Track[], open: readonly Detected[], least: number) => Detected[],
  ): Detected[] {
    const stopped = tracks.filter((track) =>
      open.some(({ box }) => intersectionOverUnion(track.last.box, box) >= this.#options.lowOverlap),
    );
    if (stopped.length === 0) return [...open];
    const predicted = stopped.map(({ filter }) => filter);
    for (const track of stopped) track.standStill(track.isDoubtful ? 'detected' : 'filtered');
    const left = match(stopped, open, this.#options.lowOverlap);
    stopped.forEach((track, index) => {
      if (track.misses > 0 || track.last.time < this.#time) track.filter = predicted[index]!;
    });
    return left;
  }

  #group({ label }: Detected): string {
    return this.#groupOf.get(label) ?? label;
  }

  #join(track: Track, detection: Detected, time: number): void {
    const { carrySeconds } = this.#options;
    if (track.id > 0 && track.misses > 1 && track.unseen(time) > carrySeconds) track.rejoined = true;
    track.see(detection, { time, camera: this.#camera }, Math.max(0.3, Math.min(1, detection.score)));
    if (track.id > 0) this.#onSeen?.(track.id, track.last);
    else if (this.#isSure(track)) this.#confirm(track);
  }

  #begin(detection: Detected, time: number): void {
    const track = new Track(detection, { time, camera: this.#camera }, this.#group(detection), this.#options);
    if (this.#isSure(track)) this.#confirm(track);
    this.#tracks.push(track);
  }

  #isSure({ hits, highHits, bestScore, first, last, sightings }: Track): boolean {
    const { confirmHits, birthScore, doubtfulHits, doubtfulSeconds, doubtfulMove } = this.#options;
    if (highHits >= confirmHits && bestScore >= birthScore) return true;
    if (hits < doubtfulHits || last.time - first.time < doubtfulSeconds * 1000) return false;
    const isAway = sightings.slice(-2).every(({ box }) => apart(box, first.box) >= doubtfulMove * sizeOf(box));
    // A pattern of the background that something passes is still there afterwards; what was taken away is not.
    return isAway && !this.#detections.some(({ box }) => intersectionOverUnion(box, first.box) >= 0.3);
  }

  #confirm(track: Track): void {
    this.#lastId += 1;
    track.id = this.#lastId;
    track.isNew = true;
    for (const sighting of track.sightings) this.#onSeen?.(track.id, sighting);
  }

  #isOver(track: Track, time: number, size: Size): boolean {
    const { tentativeMisses, lostSeconds } = this.#options;
    // Where the detector did not look, nothing is lost.
    if (track.unseen(time) > lostSeconds && track.misses > 0) return true;
    if (track.id === 0) {
      // What was seen in one place for a while may be overlooked now and then.
      const isSettled = track.isDoubtful && track.last.time - track.first.time > settledMs;
      return track.misses >= tentativeMisses && !isSettled;
    }
    const { x, y, width, height } = moved(track.box, this.#camera);
    const [cx, cy] = [x + width / 2, y + height / 2];
    const isOutside = cx < 0 || cy < 0 || cx > size.width || cy > size.height;
    return isOutside && track.misses > 0;
  }

  #shown(track: Track, time: number): TrackedObject[] {
    if (track.id === 0 || track.unseen(time) > this.#options.carrySeconds) return [];
    const isSeen = track.last.time === time && track.misses === 0;
    const { id, label, rejoined } = track;
    const box = moved(track.box, this.#camera);
    const shown: TrackedObject = {
      ...{ track: id, box, label, rejoined, score: track.last.score },
      state: isSeen ? 'seen' : 'carried',
      ...(track.isNew && { earlier: track.sightings.slice(0, -1).map(unsteadied) }),
    };
    track.isNew = false;
    return [shown];
  }
}

const unsteadied = ({ time, box, score, camera }: Sighting) => ({ time, box: moved(box, camera), score });

const isUsable = ({ box: { x, y, width, height }, score }: Detected): boolean =>
  width > 0 && height > 0 && [x, y, width, height, score].every(Number.isFinite);
