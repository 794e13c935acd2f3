import { matrixvisionErrors } from '../errors.ts';
import type { Box, Observation, TrackedObject } from '../observation.ts';
import { ByteReader } from './byte-reader.ts';
import { crc32 } from './crc32.ts';
import {
  blockMark,
  boxForm,
  boxFormShift,
  formatVersion,
  frameFlag,
  healthStates,
  magic,
  moreFlag,
  objectFlag,
  readLimits,
  regionKinds,
} from './format.ts';
import { trackNotes } from './notes.ts';
import { Predictor } from './predictor.ts';
import { boxOfUnits, type QuantisedBox, shareOf, shareSteps, trackLimits, unitOf } from './quantise.ts';

/** Where a block lies in its stream, to enter a long one near a moment. */
export interface TrackBlock {
  /** Of its first byte. */
  readonly offset: number;
  readonly bytes: number;
  readonly from: number;
  readonly to: number;
  readonly observations: number;
}

interface BlockHead extends TrackBlock {
  readonly check: number;
  /** Of the body within the buffer. */
  readonly bodyAt: number;
  readonly bodyLength: number;
}

/**
 * Reads a stream of tracks chunk by chunk, in memory of one block. Throws MATRIXVISION_TRACKS_INVALID at the first thing
 * that is not as it was written; what came before is good, as each block carries its own check.
 */
export class TrackDecoder {
  #buffer = new Uint8Array();
  /** Of the buffer's first byte within the stream. */
  #offset = 0;
  #hasHead = false;

  /** The observations of all blocks that are whole by now. */
  push(chunk: Uint8Array): Observation[] {
    const joined = new Uint8Array(this.#buffer.length + chunk.length);
    joined.set(this.#buffer);
    joined.set(chunk, this.#buffer.length);
    this.#buffer = joined;
    const found: Observation[] = [];
    if (!this.#readHead()) return found;
    for (let head = this.#nextBlock(); head; head = this.#nextBlock()) {
      const body = this.#buffer.subarray(head.bodyAt, head.bodyAt + head.bodyLength);
      found.push(...readBlock(body, head));
      this.#drop(head.bytes);
    }
    return found;
  }

  /** The stream is over. Throws when it ends in the middle of a block, as it does after a loss of power. */
  end(): void {
    if (this.#hasHead && this.#buffer.length === 0) return;
    const reason = trackNotes[this.#hasHead ? 'ends-in-block' : 'ends-before-head']();
    throw matrixvisionErrors.MATRIXVISION_TRACKS_INVALID({ place: this.#offset + this.#buffer.length, reason });
  }

  #readHead(): boolean {
    if (this.#hasHead) return true;
    const length = magic.length + 1;
    const wrong = magic.some((byte, index) => index < this.#buffer.length && this.#buffer[index] !== byte);
    if (wrong) throw matrixvisionErrors.MATRIXVISION_TRACKS_INVALID({ place: 0, reason: trackNotes['no-stream']() });
    if (this.#buffer.length < length) return false;
    const version = this.#buffer[magic.length]!;
    if (version !== formatVersion)
      throw matrixvisionErrors.MATRIXVISION_TRACKS_INVALID({
        place: magic.length,
        reason: trackNotes['version-unknown']({ version }),
      });
    this.#hasHead = true;
    this.#drop(length);
    return true;
  }

  #nextBlock(): BlockHead | undefined {
    const head = blockHead(this.#buffer, this.#offset);
    return head && head.bytes <= this.#buffer.length ? head : undefined;
  }

  #drop(length: number): void {
    this.#buffer = this.#buffer.slice(length);
    this.#offset += length;
  }
}

/** Undefined while the head of the block is not whole. */
function blockHead(buffer: Uint8Array, offset: number): BlockHead | undefined {
  if (buffer.length === 0) return undefined;
  const reader = new ByteReader(buffer, offset);
  if (reader.byte() !== blockMark)
    throw matrixvisionErrors.MATRIXVISION_TRACKS_INVALID({ place: offset, reason: trackNotes['no-block']() });
  // The longest head: a mark, two numbers of four bytes, two of eight, a check of four.
  if (buffer.length < 29 && !hasWholeHead(buffer)) return undefined;
  const bodyLength = reader.number(readLimits.blockBytes);
  const observations = reader.number(readLimits.observations);
  const from = reader.signed(8.64e15);
  const to = from + reader.number(8.64e15);
  let check = 0;
  for (let shift = 0; shift < 32; shift += 8) check |= reader.byte() << shift;
  const bodyAt = reader.place - offset;
  return { offset, bytes: bodyAt + bodyLength, from, to, observations, check: check >>> 0, bodyAt, bodyLength };
}

function hasWholeHead(buffer: Uint8Array): boolean {
  let [at, numbers] = [1, 0];
  while (at < buffer.length && numbers < 4) {
    if (buffer[at]! < 128) numbers += 1;
    at += 1;
  }
  return numbers === 4 && at + 4 <= buffer.length;
}

function readBlock(body: Uint8Array, { offset, bodyAt, check, observations, from }: BlockHead): Observation[] {
  if (crc32(body) !== check)
    throw matrixvisionErrors.MATRIXVISION_TRACKS_INVALID({ place: offset, reason: trackNotes['block-changed']() });
  const reader = new ByteReader(body, offset + bodyAt);
  const state = new BlockState(reader, from);
  const found: Observation[] = [];
  for (let count = 0; count < observations; count++) found.push(state.read());
  if (reader.left > 0) throw reader.invalid(trackNotes['block-longer']());
  return found;
}

class BlockState {
  readonly #in: ByteReader;
  readonly #predictor = new Predictor();
  readonly #texts: string[] = [];
  #known = 0;
  #time: number;
  #step = 0;
  #width = 0;
  #height = 0;
  #health: Observation['health'];
  #regions: Observation['regions'];
  #tracks: readonly number[] = [];

  constructor(reader: ByteReader, first: number) {
    this.#in = reader;
    this.#time = first;
  }

  read(): Observation {
    const head = this.#in.number();
    const half = Math.floor(head / 2);
    this.#step += half % 2 === 0 ? half / 2 : -(half + 1) / 2;
    this.#time += this.#step;
    if (Math.abs(this.#time) > 8.64e15) throw this.#in.invalid(trackNotes['time-beyond']());
    if (head % 2 === 1) {
      if (this.#width === 0) throw this.#in.invalid(trackNotes['size-missing']());
      if (this.#tracks.length > 0) throw this.#in.invalid(trackNotes['objects-missing']());
      return this.#observation([]);
    }
    const flags = this.#in.byte();
    if (flags & frameFlag.size) {
      this.#width = this.#in.number(trackLimits.side);
      this.#height = this.#in.number(trackLimits.side);
    }
    if (this.#width === 0 || this.#height === 0) throw this.#in.invalid(trackNotes['size-missing']());
    if (flags & frameFlag.health) {
      const state = this.#in.number(healthStates.length);
      this.#health = state === 0 ? undefined : healthStates[state - 1];
    }
    const unit = unitOf(this.#width, this.#height);
    if (flags & frameFlag.regions) this.#regions = this.#readRegions(unit);
    const isSame = (flags & frameFlag.same) !== 0;
    const count = isSame ? this.#tracks.length : this.#in.number(trackLimits.objects);
    // Each object takes a byte at least; a count that cannot be is refused before anything is made for it.
    if (count > this.#in.left) throw this.#in.invalid(trackNotes['ends-in-record']());
    const objects: TrackedObject[] = [];
    let before = 0;
    for (let index = 0; index < count; index++) {
      const track = isSame ? this.#tracks[index]! : before + this.#in.signed();
      if (!Number.isSafeInteger(track)) throw this.#in.invalid(trackNotes['track-large']());
      before = track;
      objects.push(this.#readObject(track, unit));
    }
    if (!isSame) this.#tracks = objects.map(({ track }) => track);
    return this.#observation(objects);
  }

  #observation(objects: readonly TrackedObject[]): Observation {
    return {
      ...{ time: this.#time, width: this.#width, height: this.#height, objects },
      ...(this.#health !== undefined && { health: this.#health }),
      ...(this.#regions?.length && { regions: this.#regions }),
    };
  }

  #readRegions(unit: number): Observation['regions'] {
    const count = this.#in.number(trackLimits.regions);
    return Array.from({ length: count }, () => {
      const kind = regionKinds[this.#in.number(regionKinds.length - 1)]!;
      const box = boxOfUnits(this.#boxFrom([0, 0, 0, 0]), unit);
      const score = shareOf(this.#in.number(shareSteps));
      return { kind, box, score, since: this.#time - this.#in.signed() };
    });
  }

  #readObject(track: number, unit: number): TrackedObject {
    const flags = this.#in.byte();
    const known = this.#predictor.known(track);
    if (!known) {
      this.#known += 1;
      if (this.#known > readLimits.tracks)
        throw this.#in.invalid(trackNotes['many-tracks']({ most: readLimits.tracks }));
    }
    const expected = known ? this.#predictor.expected(known, this.#time) : ([0, 0, 0, 0] as const);
    const more = flags & objectFlag.more ? this.#in.byte() : 0;
    const units = this.#readBox(expected, (flags >>> boxFormShift) & 3);
    const score = (known?.score ?? 0) + (flags & objectFlag.score ? this.#in.signed(shareSteps) : 0);
    if (score < 0 || score > shareSteps) throw this.#in.invalid(trackNotes['score-wrong']({ score, most: shareSteps }));
    if (!known && !(flags & objectFlag.label)) throw this.#in.invalid(trackNotes['label-missing']());
    const label = flags & objectFlag.label ? this.#readText() : known!.label;
    const box = boxOfUnits(units, unit);
    const keypoints = more & moreFlag.keypoints ? this.#readKeypoints(units, unit) : undefined;
    const attributes = more & moreFlag.attributes ? this.#readAttributes() : undefined;
    const earlier = more & moreFlag.earlier ? this.#readEarlier(units, unit) : undefined;
    this.#predictor.update(track, units, this.#time, score, label);
    return {
      ...{ track, box, score: shareOf(score), label: this.#texts[label]! },
      state: flags & objectFlag.carried ? 'carried' : 'seen',
      rejoined: (flags & objectFlag.rejoined) !== 0,
      ...(earlier && { earlier }),
      ...(keypoints && { keypoints }),
      ...(attributes && { attributes }),
    };
  }

  #boxFrom([x, y, width, height]: QuantisedBox): QuantisedBox {
    const most = trackLimits.place * 4;
    return this.#checked([
      x + this.#in.signed(most),
      y + this.#in.signed(most),
      width + this.#in.signed(most),
      height + this.#in.signed(most),
    ]);
  }

  #readBox(expected: QuantisedBox, form: number): QuantisedBox {
    const [x, y, width, height] = expected;
    if (form === boxForm.numbers) return this.#boxFrom(expected);
    if (form === boxForm.none) return this.#checked(expected);
    const bits = form === boxForm.pairs ? 2 : 4;
    const packed = form === boxForm.pairs ? this.#in.byte() : this.#in.byte() | (this.#in.byte() << 8);
    // The highest bit of each is its sign.
    const half = 2 ** (bits - 1);
    const off = (index: number) => ((((packed >>> (index * bits)) & (2 * half - 1)) + half) & (2 * half - 1)) - half;
    return this.#checked([x + off(0), y + off(1), width + off(2), height + off(3)]);
  }

  #checked(box: QuantisedBox): QuantisedBox {
    const [x, y, width, height] = box;
    const { place } = trackLimits;
    if (Math.abs(x) > place || Math.abs(y) > place || width < 1 || height < 1 || width > place || height > place)
      throw this.#in.invalid(trackNotes['box-beyond']());
    return box;
  }

  #readKeypoints([x, y]: QuantisedBox, unit: number): NonNullable<TrackedObject['keypoints']> {
    const count = this.#in.number(trackLimits.keypoints);
    const most = trackLimits.place * 4;
    return Array.from({ length: count }, () => ({
      x: (x + this.#in.signed(most)) * unit,
      y: (y + this.#in.signed(most)) * unit,
      score: shareOf(this.#in.number(shareSteps)),
    }));
  }

  #readAttributes(): NonNullable<TrackedObject['attributes']> {
    const count = this.#in.number(trackLimits.attributes);
    const entries = Array.from({ length: count }, () => {
      const name = this.#texts[this.#readText()]!;
      const value = this.#in.number(2 * shareSteps + 1);
      return [name, { present: value % 2 === 1, confidence: shareOf(Math.floor(value / 2)) }] as const;
    });
    return Object.fromEntries(entries);
  }

  #readEarlier(from: QuantisedBox, unit: number): { time: number; box: Box; score: number }[] {
    const count = this.#in.number(trackLimits.earlier);
    return Array.from({ length: count }, () => {
      const time = this.#time - this.#in.signed();
      const box = boxOfUnits(this.#boxFrom(from), unit);
      return { time, box, score: shareOf(this.#in.number(shareSteps)) };
    });
  }

  /** The number of the text. */
  #readText(): number {
    const number = this.#in.number(readLimits.texts);
    if (number > this.#texts.length) throw this.#in.invalid(trackNotes['text-unknown']());
    if (number > 0) return number - 1;
    if (this.#texts.length >= readLimits.texts)
      throw this.#in.invalid(trackNotes['many-texts']({ most: readLimits.texts }));
    this.#texts.push(this.#in.text(trackLimits.text));
    return this.#texts.length - 1;
  }
}

/** A whole stream at once. Throws MATRIXVISION_TRACKS_INVALID. */
export function decodeTracks(bytes: Uint8Array): Observation[] {
  const decoder = new TrackDecoder();
  const observations = decoder.push(bytes);
  decoder.end();
  return observations;
}

/** All blocks of a stream without their contents, to find a moment in it. */
export function trackBlocks(bytes: Uint8Array): TrackBlock[] {
  const blocks: TrackBlock[] = [];
  for (let at = magic.length + 1; at < bytes.length; ) {
    const head = blockHead(bytes.subarray(at), at);
    if (!head || at + head.bytes > bytes.length) break;
    const { offset, bytes: length, from, to, observations } = head;
    blocks.push({ offset, bytes: length, from, to, observations });
    at += length;
  }
  return blocks;
}
