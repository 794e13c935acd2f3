import { noiseSeed, uniform } from '../simulator/model/noise.ts';
import type { SceneDefinition, Tampering } from './scene-definition.ts';

/** A prime, so that its parts do not repeat with the rows. */
const noiseLength = 262_147;

/** What becomes of a drawn picture in a camera: drift of the light, noise, and whatever somebody does to the camera. */
export class Sensor {
  readonly #definition: SceneDefinition;
  readonly #noise: Int8Array;
  readonly #out: Uint8ClampedArray;
  readonly #seed: number;

  constructor(definition: SceneDefinition) {
    this.#definition = definition;
    this.#seed = noiseSeed(definition.seed, 'sensor');
    const sigma = definition.noise ?? 2;
    // A sum of four uniform values is close enough to a normal distribution; its variance is a third.
    this.#noise = Int8Array.from({ length: noiseLength }, (_, index) => {
      let sum = -2;
      for (let part = 0; part < 4; part++) sum += uniform(this.#seed, index * 4 + part);
      return Math.round(sum * Math.sqrt(3) * sigma);
    });
    this.#out = new Uint8ClampedArray(definition.width * definition.height * 3);
  }

  tampering(seconds: number): Tampering['kind'] | undefined {
    return this.#definition.tampering?.find(({ from, until }) => seconds >= from && seconds < until)?.kind;
  }

  take(picture: Uint8ClampedArray, frame: number): Uint8ClampedArray {
    const { frameRate, seconds, width, height } = this.#definition;
    const at = frame / frameRate;
    const out = this.#out;
    const kind = this.tampering(at);
    if (kind === 'frozen' && frame > 0) return out;
    // Two slow waves, whole numbers of them in the scene.
    const light =
      1 + 0.012 * Math.sin((at / seconds) * 2 * Math.PI) + 0.006 * Math.sin((at / seconds) * 6 * Math.PI + 1);
    if (kind === 'black') out.fill(4);
    else if (kind === 'covered') cover(out, width, height);
    else if (kind === 'defocused') blur(picture, out, width, height, Math.round(width / 40));
    else out.set(picture);
    const noise = this.#noise;
    let from = Math.floor(uniform(this.#seed, frame + 1_000_003) * noiseLength);
    for (let pixel = 0; pixel < out.length; pixel += 3) {
      const add = noise[from]!;
      from = from + 1 === noiseLength ? 0 : from + 1;
      out[pixel] = out[pixel]! * light + add;
      out[pixel + 1] = out[pixel + 1]! * light + add;
      out[pixel + 2] = out[pixel + 2]! * light + add;
    }
    return out;
  }
}

/** A hand or a cloth before the lens: dark, without any edge, a little light at one side. */
function cover(out: Uint8ClampedArray, width: number, height: number): void {
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const glow = 30 * (x / width) ** 2 + 12 * (y / height);
      out.set([38 + glow, 28 + glow * 0.7, 24 + glow * 0.6], (y * width + x) * 3);
    }
}

/** Two box filters one after the other, in both directions: close to a lens out of focus. */
function blur(from: Uint8ClampedArray, to: Uint8ClampedArray, width: number, height: number, radius: number): void {
  to.set(from);
  for (let pass = 0; pass < 2; pass++) {
    for (let y = 0; y < height; y++) filterLine(to, y * width * 3, 3, width, radius);
    for (let x = 0; x < width; x++) filterLine(to, x * 3, width * 3, height, radius);
  }
}

function filterLine(data: Uint8ClampedArray, start: number, step: number, count: number, radius: number): void {
  for (let part = 0; part < 3; part++) {
    const line = Float64Array.from({ length: count }, (_, index) => data[start + index * step + part]!);
    const value = (index: number) => line[Math.min(count - 1, Math.max(0, index))]!;
    let sum = 0;
    for (let index = -radius; index <= radius; index++) sum += value(index);
    for (let index = 0; index < count; index++) {
      data[start + index * step + part] = sum / (2 * radius + 1);
      sum += value(index + radius + 1) - value(index - radius);
    }
  }
}
