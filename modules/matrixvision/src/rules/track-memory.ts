import type { Observation } from '../observation.ts';

/** Longer than a tracker looks for a lost thing, so that a track which is joined again is the same to a rule. */
const forgetMs = 10_000;

/** What a rule remembers of each track; forgotten some seconds after the track was last handed out. */
export class TrackMemory<State> {
  readonly #states = new Map<number, { state: State; time: number }>();

  get size(): number {
    return this.#states.size;
  }

  get(track: number): State | undefined {
    return this.#states.get(track)?.state;
  }

  set(track: number, state: State, time: number): void {
    this.#states.set(track, { state, time });
  }

  delete(track: number): void {
    this.#states.delete(track);
  }

  /** Marks the observed tracks as alive, and gives back what is forgotten now. */
  age({ time, objects }: Observation): [track: number, state: State][] {
    for (const { track } of objects) {
      const known = this.#states.get(track);
      if (known) known.time = time;
    }
    const gone: [number, State][] = [];
    for (const [track, { state, time: last }] of this.#states) {
      if (time - last <= forgetMs) continue;
      gone.push([track, state]);
      this.#states.delete(track);
    }
    return gone;
  }

  clear(): [track: number, state: State][] {
    const all = [...this.#states].map(([track, { state }]) => [track, state] as [number, State]);
    this.#states.clear();
    return all;
  }
}
