import type { LiveObject } from './live-message.ts';

interface Moment {
  readonly time: number;
  readonly objects: readonly LiveObject[];
}

/** Long enough for video that is shown some seconds late. */
const keptMs = 12_000;
/** Between two moments that lie further apart nothing is known of the way. */
const longestStepMs = 1_500;
/** So long after the last moment its boxes still stand. */
const staysMs = 1_000;

/** What was followed over the last seconds, to be drawn at the time of the frame that is shown, not of the message. */
export class TrackHistory {
  #moments: Moment[] = [];

  add(time: number, objects: readonly LiveObject[]): void {
    const last = this.#moments.at(-1);
    // The clock went back: the stream began anew.
    if (last && time < last.time) this.#moments = [];
    this.#moments.push({ time, objects });
    const oldest = time - keptMs;
    while (this.#moments.length > 0 && this.#moments[0]!.time < oldest) this.#moments.shift();
  }

  /** The things as they were at a time, moved evenly between the moments before and after it. */
  at(time: number): readonly LiveObject[] {
    const next = this.#moments.findIndex((moment) => moment.time > time);
    const before = this.#moments.at(next === -1 ? -1 : next - 1);
    if (!before || next === 0) return [];
    if (next === -1) return time - before.time > staysMs ? [] : before.objects;
    const after = this.#moments[next]!;
    const step = after.time - before.time;
    if (step > longestStepMs) return time - before.time > staysMs ? [] : before.objects;
    const part = (time - before.time) / step;
    return before.objects.map((object) => {
      const then = after.objects.find(({ track }) => track === object.track);
      return then ? { ...object, box: between(object.box, then.box, part) } : object;
    });
  }

  newest(): readonly LiveObject[] {
    return this.#moments.at(-1)?.objects ?? [];
  }
}

function between(from: LiveObject['box'], to: LiveObject['box'], part: number): LiveObject['box'] {
  const mix = (index: 0 | 1 | 2 | 3) => from[index] + (to[index] - from[index]) * part;
  return [mix(0), mix(1), mix(2), mix(3)];
}
