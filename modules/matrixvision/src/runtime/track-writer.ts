import type { Observation } from '../observation.ts';
import { TrackEncoder, trackHead } from '../tracks/track-encoder.ts';
import type { TrackChunk } from './watched-camera.ts';

/** So long is one chunk. */
const chunkMs = 30_000;
/** So long at least, also where events follow each other quickly. */
const leastChunkMs = 1_000;

/** Puts observations together into chunks, each a whole stream of tracks of its own. */
export class TrackWriter {
  #write: (chunk: TrackChunk) => void;
  #encoder = new TrackEncoder();
  #parts: Uint8Array[] = [];
  #from: number | undefined;
  #to = 0;
  #observations = 0;
  #tracks = new Set<number>();
  #isWanted = false;

  constructor(write: (chunk: TrackChunk) => void) {
    this.#write = write;
  }

  add(observation: Observation): void {
    const most = this.#isWanted ? leastChunkMs : chunkMs;
    if (this.#from !== undefined && observation.time - this.#from >= most) this.flush();
    this.#from ??= observation.time;
    this.#to = observation.time;
    this.#observations += 1;
    for (const { track } of observation.objects) this.#tracks.add(track);
    this.#parts.push(this.#encoder.add(observation));
  }

  /** An event rests on what is here: written before it is told, so that a kill does not leave it without its proof. */
  eventFound(): void {
    if (this.#from !== undefined && this.#to - this.#from < leastChunkMs) this.#isWanted = true;
    else this.flush();
  }

  /** Ends the chunk: the stream, the run or the rules are about to change. */
  flush(): void {
    if (this.#from === undefined) return;
    const bytes = joined([trackHead(), ...this.#parts, this.#encoder.flush()]);
    this.#write({
      // The last observation counts until the next one would come.
      ...{ from: this.#from, to: this.#to + 1, bytes },
      ...{ observations: this.#observations, tracks: this.#tracks.size },
    });
    this.#parts = [];
    this.#isWanted = false;
    this.#from = undefined;
    this.#observations = 0;
    this.#tracks.clear();
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
