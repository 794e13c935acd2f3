import type { Note } from '@millwright/kernel';
import { matrixvisionErrors } from '../errors.ts';
import { trackNotes } from './notes.ts';

/** Reads what `ByteWriter` wrote. Whatever is not so throws MATRIXVISION_TRACKS_INVALID with the place. */
export class ByteReader {
  readonly #bytes: Uint8Array;
  /** Of the first byte within the whole stream, for messages. */
  readonly #start: number;
  #at = 0;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = bytes;
    this.#start = start;
  }

  get left(): number {
    return this.#bytes.length - this.#at;
  }

  get place(): number {
    return this.#start + this.#at;
  }

  invalid(reason: Note): Error {
    return matrixvisionErrors.MATRIXVISION_TRACKS_INVALID({ place: this.place, reason });
  }

  byte(): number {
    if (this.#at >= this.#bytes.length) throw this.invalid(trackNotes['ends-in-record']());
    return this.#bytes[this.#at++]!;
  }

  /** At most `most`. */
  number(most: number = Number.MAX_SAFE_INTEGER): number {
    let [value, factor] = [0, 1];
    for (;;) {
      const byte = this.byte();
      value += (byte & 127) * factor;
      if (byte < 128) break;
      factor *= 128;
      if (factor > 2 ** 49) throw this.invalid(trackNotes['number-long']());
    }
    if (value > most) throw this.invalid(trackNotes['number-large']({ value, most }));
    return value;
  }

  signed(most: number = 2 ** 52): number {
    const value = this.number(most * 2);
    return value % 2 === 0 ? value / 2 : -(value + 1) / 2;
  }

  text(most: number): string {
    const length = this.number(most);
    if (length > this.left) throw this.invalid(trackNotes['ends-in-record']());
    const bytes = this.#bytes.subarray(this.#at, this.#at + length);
    this.#at += length;
    return new TextDecoder().decode(bytes);
  }
}
