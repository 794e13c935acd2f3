import type { Observation, TrackedObject } from '../observation.ts';
import { ByteWriter } from './byte-writer.ts';
import { crc32 } from './crc32.ts';
import {
  blockLimits,
  blockMark,
  boxForm,
  boxFormShift,
  formatVersion,
  frameFlag,
  healthStates,
  magic,
  moreFlag,
  objectFlag,
  regionKinds,
} from './format.ts';
import { Predictor } from './predictor.ts';
import { type QuantisedBox, quantiseBox, quantiseObservation, quantiseShare, unitOf } from './quantise.ts';

/** The first bytes of every stream of tracks. */
export const trackHead = (): Uint8Array => Uint8Array.of(...magic, formatVersion);

/**
 * Writes observations of one camera in order of time, see `format.ts`. What `add` and `flush` return is appended to a
 * file that begins with `trackHead()`; it is empty most of the time.
 */
export class TrackEncoder {
  readonly #body = new ByteWriter();
  #block = new BlockState();
  #first = 0;
  #last = 0;
  #count = 0;

  /** Times must not fall; an observation that is older than the one before begins a block of its own. */
  add(observation: Observation): Uint8Array {
    const quantised = quantiseObservation(observation);
    const { time } = quantised;
    const isOver =
      this.#count > 0 &&
      (time < this.#last ||
        time - this.#first > blockLimits.milliseconds ||
        this.#count >= blockLimits.observations ||
        this.#body.length >= blockLimits.bytes);
    const done = isOver ? this.flush() : new Uint8Array();
    if (this.#count === 0) this.#first = time;
    this.#last = time;
    this.#count += 1;
    this.#block.write(this.#body, quantised, this.#first);
    return done;
  }

  /** Ends the open block. */
  flush(): Uint8Array {
    if (this.#count === 0) return new Uint8Array();
    const body = this.#body.take();
    const block = new ByteWriter();
    block.byte(blockMark);
    block.number(body.length);
    block.number(this.#count);
    block.signed(this.#first);
    block.number(this.#last - this.#first);
    const check = crc32(body);
    for (let shift = 0; shift < 32; shift += 8) block.byte((check >>> shift) & 255);
    block.raw(body);
    this.#count = 0;
    this.#block = new BlockState();
    return block.take();
  }
}

class BlockState {
  readonly #predictor = new Predictor();
  readonly #texts = new Map<string, number>();
  #time: number | undefined;
  #step = 0;
  #width = 0;
  #height = 0;
  #health: Observation['health'];
  #regions = '[]';
  #tracks: readonly number[] = [];

  write(out: ByteWriter, observation: Observation, first: number): void {
    const { time, width, height, objects, health, regions = [] } = observation;
    const step = time - (this.#time ?? first);
    const change = step - this.#step;
    this.#step = step;
    this.#time = time;
    const regionText = JSON.stringify(regions);
    const tracks = objects.map(({ track }) => track);
    const isSame =
      tracks.length === this.#tracks.length && tracks.every((track, index) => track === this.#tracks[index]);
    const flags =
      (width !== this.#width || height !== this.#height ? frameFlag.size : 0) |
      (health !== this.#health ? frameFlag.health : 0) |
      (regionText !== this.#regions ? frameFlag.regions : 0) |
      (isSame ? frameFlag.same : 0);
    const isPlain = flags === frameFlag.same && objects.length === 0;
    out.number((change >= 0 ? change * 2 : -change * 2 - 1) * 2 + Number(isPlain));
    if (isPlain) return;
    out.byte(flags);
    if (flags & frameFlag.size) {
      out.number(width);
      out.number(height);
    }
    if (flags & frameFlag.health) out.number(health === undefined ? 0 : healthStates.indexOf(health) + 1);
    const unit = unitOf(width, height);
    if (flags & frameFlag.regions) this.#writeRegions(out, regions, time, unit);
    if (!isSame) out.number(objects.length);
    let before = 0;
    for (const object of objects) {
      if (!isSame) out.signed(object.track - before);
      before = object.track;
      this.#writeObject(out, object, time, unit);
    }
    this.#remember(width, height, health, regionText, tracks);
  }

  #remember(width: number, height: number, health: Observation['health'], regions: string, tracks: number[]): void {
    this.#width = width;
    this.#height = height;
    this.#health = health;
    this.#regions = regions;
    this.#tracks = tracks;
  }

  #writeRegions(out: ByteWriter, regions: NonNullable<Observation['regions']>, time: number, unit: number): void {
    out.number(regions.length);
    for (const { kind, box, score, since } of regions) {
      out.number(regionKinds.indexOf(kind));
      for (const value of quantiseBox(box, unit)) out.signed(value);
      out.number(quantiseShare(score));
      out.signed(time - since);
    }
  }

  #writeObject(out: ByteWriter, object: TrackedObject, time: number, unit: number): void {
    const { track, keypoints, attributes, earlier } = object;
    const box = quantiseBox(object.box, unit);
    const score = quantiseShare(object.score);
    const known = this.#predictor.known(track);
    const expected = known ? this.#predictor.expected(known, time) : ([0, 0, 0, 0] as const);
    const off = box.map((value, index) => value - expected[index]!);
    const form = formOf(off);
    const isLabelled = known?.label === (this.#texts.get(object.label) ?? -1);
    const more =
      (keypoints ? moreFlag.keypoints : 0) | (attributes ? moreFlag.attributes : 0) | (earlier ? moreFlag.earlier : 0);
    out.byte(
      (object.state === 'carried' ? objectFlag.carried : 0) |
        (object.rejoined ? objectFlag.rejoined : 0) |
        (score !== (known?.score ?? 0) ? objectFlag.score : 0) |
        (isLabelled ? 0 : objectFlag.label) |
        (more ? objectFlag.more : 0) |
        (form << boxFormShift),
    );
    if (more) out.byte(more);
    writeBox(out, off, form);
    if (score !== (known?.score ?? 0)) out.signed(score - (known?.score ?? 0));
    if (!isLabelled) this.#writeText(out, object.label);
    if (keypoints) {
      out.number(keypoints.length);
      for (const { x, y, score: sure } of keypoints) {
        out.signed(Math.round(x / unit) - box[0]);
        out.signed(Math.round(y / unit) - box[1]);
        out.number(quantiseShare(sure));
      }
    }
    if (attributes) this.#writeAttributes(out, attributes);
    if (earlier) this.#writeEarlier(out, earlier, box, time, unit);
    this.#predictor.update(track, box, time, score, this.#texts.get(object.label)!);
  }

  #writeAttributes(out: ByteWriter, attributes: NonNullable<TrackedObject['attributes']>): void {
    const entries = Object.entries(attributes);
    out.number(entries.length);
    for (const [name, value] of entries) {
      this.#writeText(out, name);
      out.number(quantiseShare(value!.confidence) * 2 + Number(value!.present));
    }
  }

  #writeEarlier(
    out: ByteWriter,
    earlier: NonNullable<TrackedObject['earlier']>,
    from: QuantisedBox,
    time: number,
    unit: number,
  ): void {
    out.number(earlier.length);
    for (const one of earlier) {
      out.signed(time - one.time);
      quantiseBox(one.box, unit).forEach((value, index) => {
        out.signed(value - from[index]!);
      });
      out.number(quantiseShare(one.score));
    }
  }

  #writeText(out: ByteWriter, text: string): void {
    const known = this.#texts.get(text);
    if (known !== undefined) {
      out.number(known + 1);
      return;
    }
    out.number(0);
    out.text(text);
    this.#texts.set(text, this.#texts.size);
  }
}

type Form = (typeof boxForm)[keyof typeof boxForm];

function formOf(off: readonly number[]): Form {
  const within = (least: number, most: number) => off.every((value) => value >= least && value <= most);
  if (within(0, 0)) return boxForm.none;
  if (within(-2, 1)) return boxForm.pairs;
  return within(-8, 7) ? boxForm.nibbles : boxForm.numbers;
}

function writeBox(out: ByteWriter, off: readonly number[], form: Form): void {
  const packed = (bits: number) =>
    off.reduce((all, value, index) => all | ((value & (2 ** bits - 1)) << (index * bits)), 0);
  if (form === boxForm.pairs) out.byte(packed(2));
  if (form === boxForm.nibbles) {
    out.byte(packed(4) & 255);
    out.byte(packed(4) >>> 8);
  }
  if (form === boxForm.numbers) for (const value of off) out.signed(value);
}

/** A whole stream at once. */
export function encodeTracks(observations: Iterable<Observation>): Uint8Array {
  const encoder = new TrackEncoder();
  const out = new ByteWriter();
  out.raw(trackHead());
  for (const observation of observations) out.raw(encoder.add(observation));
  out.raw(encoder.flush());
  return out.take();
}
