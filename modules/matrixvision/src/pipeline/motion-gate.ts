/** A small grey copy of a frame; rows packed, one byte a pixel. */
export interface GreyPicture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

export interface Motion {
  readonly width: number;
  readonly height: number;
  /** 1 where the picture differs from its background, by pixel of the small picture. */
  readonly mask: Uint8Array;
  /** Share of the picture that moves, 0 to 1. */
  readonly share: number;
}

/** Grey levels a second by which the background follows: what passes leaves no trail, what stays is taken in after some 20 s. */
const followPerSecond = 3;
/** Grey levels under which a difference may be the sensor's or the coding's noise, whatever the estimate says. */
const leastDifference = 5;
/** How many times the noise a difference must be. */
const noiseFactor = 4;
/** Above this share the whole picture changed (light switched, camera turned): no motion of things can be told from it. */
const wholePicture = 0.7;

/**
 * Tells where a picture moves, cheaply: each small grey picture against an approximate running median of the earlier ones
 * (McFarlane and Schofield, 1995), with one noise level for the whole picture. A change of light that is the same
 * everywhere is taken out first.
 */
export class MotionGate {
  #background: Float32Array | undefined;
  #noise = leastDifference / noiseFactor;
  #time = 0;

  /** @param time milliseconds; not falling. */
  look(picture: GreyPicture, time: number): Motion {
    const { width, height, data } = picture;
    const pixels = width * height;
    const mask = new Uint8Array(pixels);
    if (this.#background?.length !== pixels) {
      this.#background = Float32Array.from(data);
      this.#time = time;
      return { width, height, mask, share: 1 };
    }
    const background = this.#background;
    const follow = (followPerSecond * Math.max(1, time - this.#time)) / 1000;
    this.#time = time;
    const light = middleDifference(data, background);
    const threshold = Math.max(leastDifference, noiseFactor * this.#noise);
    let moving = 0;
    let quiet = 0;
    for (let at = 0; at < pixels; at++) {
      const change = data[at]! - background[at]! - light;
      const difference = Math.abs(change);
      if (difference > threshold) {
        mask[at] = 1;
        moving++;
      } else quiet += difference;
      background[at] = background[at]! + light + Math.max(-follow, Math.min(follow, change));
    }
    // The mean absolute deviation of a normal distribution is 0.8 of its standard deviation.
    if (moving < pixels) this.#noise += 0.05 * (quiet / (pixels - moving) / 0.8 - this.#noise);
    const share = moving / pixels;
    if (share > wholePicture) this.#background = Float32Array.from(data);
    return { width, height, mask, share };
  }
}

/** The median of the differences, to a whole grey level: what moves does not pull it. */
function middleDifference(data: Uint8Array, background: Float32Array): number {
  const counts = new Uint32Array(511);
  for (let at = 0; at < data.length; at++) {
    const bin = Math.round(data[at]! - background[at]!) + 255;
    counts[bin] = counts[bin]! + 1;
  }
  let below = 0;
  for (let bin = 0; bin < counts.length; bin++) {
    below += counts[bin]!;
    if (below * 2 >= data.length) return bin - 255;
  }
  return 0;
}
