import { newId } from '@millwright/kernel';
import type { SeenPeople, SeenPerson } from '../../runtime/watched-camera.ts';

/** Somebody whom a camera saw lately. */
export interface Sighting extends SeenPerson {
  readonly id: string;
  readonly cameraId: string;
  readonly runId: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  /** Since when it is held; a file's pictures carry times of their own. */
  readonly since: number;
}

const keptMs = 15 * 60_000;
/** A picture takes some 20 kB; the oldest go first. */
const mostKept = 400;
/** The same person looks the same a moment later, and too alike examples teach nothing. */
const betweenMs = 8_000;
const mostOfTrack = 4;

/** People whom cameras saw lately, for somebody to click. They are held in memory for minutes: who is not clicked leaves no picture behind. */
export class Sightings {
  #kept: Sighting[] = [];

  /** Keeps those that tell something new; returns how many. */
  add(cameraId: string, { runId, time, people }: SeenPeople, now: number): number {
    this.#forget(now);
    const isSame = (one: Sighting, { track }: SeenPerson) =>
      one.cameraId === cameraId && one.runId === runId && one.track === track;
    const fresh = people.filter((person) => {
      const known = this.#kept.filter((one) => isSame(one, person));
      return known.length < mostOfTrack && known.every((one) => Math.abs(one.time - time) >= betweenMs);
    });
    this.#kept.push(...fresh.map((person) => ({ ...person, id: newId(), cameraId, runId, time, since: now })));
    this.#kept = this.#kept.slice(-mostKept);
    return fresh.length;
  }

  /** Newest first. */
  list(now: number): readonly Sighting[] {
    this.#forget(now);
    return this.#kept.toReversed();
  }

  byId(id: string, now: number): Sighting | undefined {
    this.#forget(now);
    return this.#kept.find((one) => one.id === id);
  }

  #forget(now: number): void {
    this.#kept = this.#kept.filter(({ since }) => now - since < keptMs);
  }
}
