import {
  correlation,
  type GreyPicture,
  gradientCorrelation,
  type LookFeatures,
  lookFeatures,
} from './look-features.ts';

/** The words of the platform; `no-signal` is for whoever knows of the connection. */
export type PictureHealth = 'good' | 'frozen' | 'black' | 'covered' | 'turned' | 'defocused';

export interface HealthOptions {
  /** A state must hold so long before it is reported. Default 5,000. */
  readonly holdMs?: number;
  /** No picture changes by anything for so long. Default 20,000: a still scene without noise repeats pictures as well. */
  readonly frozenMs?: number;
  /** After so long a new view is the view: the camera was turned on purpose. Default four hours. */
  readonly acceptMs?: number;
}

/** Pictures that make the first idea of what the camera usually sees. */
const learning = 10;
/** How much of what is usual each good picture renews: with two a second, about two minutes. */
const renewal = 1 / 240;
/**
 * A camera that is frozen goes on encoding its last picture: the coding alters it a little, and every group of pictures in
 * the same way. So a picture is an old one when exactly this one was there so lately. Noise of a sensor makes none twice.
 */
const repeatedMs = 12_000;
/** Grey levels by which coding may alter a point of the small picture. */
const mostCoding = 6;
const sameView = 0.35;
const sameLayout = 0.6;

/** What the camera usually sees: its edges, how sharp they are, how light and dark lie. */
interface Usual {
  readonly gx: Float32Array;
  readonly gy: Float32Array;
  energy: number;
  /** Energy of gradients for the contrast there is: falls when the focus is lost, but not with the light. */
  sharpness: number;
  deviation: number;
  readonly coarse: Float32Array;
}

/**
 * Tells from the small pictures of one camera whether it is tampered with, in the manner of Ribnick, Atev, Masoud,
 * Papanikolopoulos and Voyles, Real-time detection of camera tampering (AVSS 2006), and Saglam and Temizel, Real-time
 * adaptive camera tamper detection (AVSS 2009): compared with what it usually sees, its edges are elsewhere (turned),
 * they are gone with the layout of light and dark (covered) or without (defocused). Edges are compared by their
 * correlation, which a change of light leaves as it is.
 */
export class CameraHealthMonitor {
  readonly #holdMs: number;
  readonly #frozenMs: number;
  readonly #acceptMs: number;
  #usual: Usual | undefined;
  #learned = 0;
  /** The first picture of those that repeat themselves. */
  #still: Uint8Array | undefined;
  /** When each picture was there last, by a sum of its points. */
  readonly #shown = new Map<number, number>();
  #stillSince = 0;
  #health: PictureHealth = 'good';
  #candidate: PictureHealth = 'good';
  #candidateSince = 0;
  #notGoodSince = 0;
  #lastTime = Number.NEGATIVE_INFINITY;

  constructor(options: HealthOptions = {}) {
    this.#holdMs = options.holdMs ?? 5000;
    this.#frozenMs = options.frozenMs ?? 20_000;
    this.#acceptMs = options.acceptMs ?? 4 * 3_600_000;
  }

  get health(): PictureHealth {
    return this.#health;
  }

  /** Takes the next picture; `time` in milliseconds. One every half second is enough. When time falls, waiting begins anew. */
  take(picture: GreyPicture, time: number): PictureHealth {
    if (time < this.#lastTime) {
      this.#candidateSince = time;
      this.#notGoodSince = time;
      this.#stillSince = time;
    }
    this.#lastTime = time;
    const seen = this.#judge(picture, time);
    if (seen !== this.#candidate) {
      // A hand before the camera looks covered, then black, then out of focus: it is not good all the while.
      if (this.#candidate === 'good') this.#notGoodSince = time;
      this.#candidate = seen;
      this.#candidateSince = time;
    }
    // What froze has already been waited for.
    const hold = seen === 'frozen' ? 0 : seen === 'good' ? this.#holdMs / 2 : this.#holdMs;
    const since = this.#health === 'good' && seen !== 'good' ? this.#notGoodSince : this.#candidateSince;
    if (time - since >= hold) this.#health = seen;
    if (seen === 'turned' && time - this.#candidateSince >= this.#acceptMs) this.forget();
    return this.#health;
  }

  /** The view was changed on purpose: what is usual is learned anew. */
  forget(): void {
    this.#usual = undefined;
    this.#learned = 0;
    this.#health = 'good';
    this.#candidate = 'good';
  }

  #judge(picture: GreyPicture, time: number): PictureHealth {
    if (this.#isFrozen(picture, time)) return 'frozen';
    const features = lookFeatures(picture);
    if (features.dark > 0.97 && features.deviation < 12) return 'black';
    if (!this.#usual || this.#usual.gx.length !== features.gx.length) {
      this.#usual = usualOf(features);
      this.#learned = 1;
      return 'good';
    }
    if (this.#learned < learning) {
      this.#learned++;
      renew(this.#usual, features, 1 / this.#learned);
      return 'good';
    }
    const health = compare(features, this.#usual);
    if (health === 'good') renew(this.#usual, features, renewal);
    return health;
  }

  #isFrozen({ data }: GreyPicture, time: number): boolean {
    const sum = checksum(data);
    const shownAt = this.#shown.get(sum);
    // The oldest stand first, since each goes to the end when it is there again.
    this.#shown.delete(sum);
    this.#shown.set(sum, time);
    for (const [old, at] of this.#shown) {
      if (time - at >= 0 && time - at <= repeatedMs) break;
      this.#shown.delete(old);
    }
    const isOld = shownAt !== undefined && time - shownAt <= repeatedMs;
    if (!isOld || !this.#still || !isNearly(data, this.#still)) {
      this.#stillSince = time;
      this.#still = data;
    }
    return time - this.#stillSince >= this.#frozenMs;
  }
}

/** FNV-1a, 32 bits. */
function checksum(data: Uint8Array): number {
  let sum = 0x811c9dc5;
  for (const value of data) sum = Math.imul(sum ^ value, 0x01000193);
  return sum;
}

const isNearly = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((value, at) => Math.abs(value - b[at]!) <= mostCoding);

const sharpnessOf = ({ energy, deviation }: LookFeatures): number => energy / (deviation * deviation + 25);

function usualOf(features: LookFeatures): Usual {
  const { energy, deviation } = features;
  return {
    gx: features.gx.slice(),
    gy: features.gy.slice(),
    energy,
    sharpness: sharpnessOf(features),
    deviation,
    coarse: features.coarse.slice(),
  };
}

function renew(usual: Usual, features: LookFeatures, share: number): void {
  const mix = (into: Float32Array, from: Float32Array) => {
    for (let at = 0; at < into.length; at++) into[at]! += share * (from[at]! - into[at]!);
  };
  mix(usual.gx, features.gx);
  mix(usual.gy, features.gy);
  mix(usual.coarse, features.coarse);
  usual.energy = 0;
  for (let at = 0; at < usual.gx.length; at++) usual.energy += usual.gx[at]! ** 2 + usual.gy[at]! ** 2;
  usual.sharpness += share * (sharpnessOf(features) - usual.sharpness);
  usual.deviation += share * (features.deviation - usual.deviation);
}

function compare(features: LookFeatures, usual: Usual): PictureHealth {
  const edges = gradientCorrelation(features, usual);
  const layout = correlation(features.coarse, usual.coarse);
  const sharpness = sharpnessOf(features) / usual.sharpness;
  const flat = features.deviation < 0.45 * usual.deviation || features.energy < 0.12 * usual.energy;
  if (flat && edges < sameView && layout < sameLayout) return 'covered';
  if (sharpness < 0.4 && layout >= sameLayout) return 'defocused';
  if (edges < sameView && layout < sameLayout) return sharpness < 0.25 ? 'covered' : 'turned';
  return 'good';
}
