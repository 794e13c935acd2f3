/** A small grey picture of a frame. */
export interface Look {
  readonly data: Uint8Array;
  /** Milliseconds. */
  readonly time: number;
}

/** Grey values by which a pixel differs only when something moved: above the noise of usual sensors and of compression. */
const changedBy = 15;
/** Frames this far apart are compared: a part that moves slowly is hardly elsewhere in the next one. */
const apartMs = 200;
/** Share of the picture that changes while a part comes or goes, and while nothing moves. */
const movingShare = 0.02;
const stillShare = 0.005;
/** So long nothing must move. */
const settledMs = 400;

/**
 * Says when a part has come to rest in front of the camera: when the picture was still for 400 ms after something had moved in it.
 * By differences of frames (Jain and Nagel 1979): it knows no part from an empty place, so what is left when a part was taken away
 * counts as well. Where the place is empty in between, a trigger says better when there is a part.
 */
export class PartInView {
  #looks: Look[] = [];
  #hasMoved = false;
  #stillSince: number | undefined;

  /** @returns whether the picture of this look is to be judged */
  take(look: Look): boolean {
    const before = this.#earlier(look);
    if (!before) return false;
    const share = changedShare(before.data, look.data);
    if (share >= movingShare) this.#hasMoved = true;
    if (share >= stillShare) {
      this.#stillSince = undefined;
      return false;
    }
    this.#stillSince ??= look.time;
    if (!this.#hasMoved || look.time - this.#stillSince < settledMs) return false;
    this.#hasMoved = false;
    return true;
  }

  /** The camera was away: what it shows now says nothing of what moved meanwhile. */
  forget(): void {
    this.#looks = [];
    this.#hasMoved = false;
    this.#stillSince = undefined;
  }

  /** The newest look that is old enough to be compared with; this one is remembered. */
  #earlier(look: Look): Look | undefined {
    const last = this.#looks.at(-1);
    // The clock was set back, or the camera sends another size.
    if (last && (look.time < last.time || look.data.length !== last.data.length)) this.forget();
    this.#looks.push(look);
    const old = this.#looks.filter(({ time }) => look.time - time >= apartMs);
    if (old.length > 0) this.#looks = this.#looks.slice(old.length - 1);
    return old.at(-1);
  }
}

function changedShare(one: Uint8Array, other: Uint8Array): number {
  let changed = 0;
  for (let at = 0; at < one.length; at++) if (Math.abs(one[at]! - other[at]!) > changedBy) changed++;
  return changed / one.length;
}
