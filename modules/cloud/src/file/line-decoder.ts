import { isAscii, isUtf8 } from 'node:buffer';
import type { Note } from '@millwright/kernel';
import type { FileMapping } from './file-mapping.ts';
import { rowNotes } from './row-notes.ts';

export type TextEncoding = FileMapping['encoding'];

/** Whole lines of text, or one line that could not be read as text. */
export interface TextBlock {
  readonly text: string;
  /** Why this line is no text: bytes that the encoding does not know, or no line end in sight. */
  readonly fault?: Note;
}

/** A line longer than this is no row of a table; only its beginning is kept. */
const LONGEST_LINE = 4 * 1024 * 1024;
const KEPT_OF_LONG_LINE = 4096;

/**
 * Bytes to text, in blocks that end with a line end. Lines are cut as bytes before they are decoded, so that a byte
 * sequence that the encoding does not know costs its own line only. None of the encodings has a line end inside a
 * character.
 */
export class LineDecoder {
  readonly #encoding: TextEncoding;
  readonly #lineEnd: number;
  #carry: Buffer[] = [];
  #carried = 0;
  #skipping = false;
  #first = true;
  #swap: Buffer | undefined;

  constructor(encoding: TextEncoding, lineEnd: 'lf' | 'cr' = 'lf') {
    this.#encoding = encoding;
    this.#lineEnd = lineEnd === 'lf' ? 10 : 13;
  }

  push(chunk: Buffer): TextBlock[] {
    const bytes = this.#wide() ? this.#aligned(chunk) : chunk;
    const cut = this.#lastLineEnd(bytes);
    if (cut < 0) return this.#keep(bytes);
    const blocks: TextBlock[] = [];
    let whole = bytes.subarray(0, cut);
    if (this.#skipping) {
      whole = whole.subarray(this.#firstLineEnd(whole));
      this.#skipping = false;
    }
    if (this.#carried > 0) whole = Buffer.concat([...this.#carry, whole]);
    this.#carry = [];
    this.#carried = 0;
    blocks.push(...this.#decode(whole));
    blocks.push(...this.#keep(bytes.subarray(cut)));
    return blocks;
  }

  end(): TextBlock[] {
    const rest = Buffer.concat(this.#swap === undefined ? this.#carry : [...this.#carry, this.#swap]);
    this.#carry = [];
    this.#carried = 0;
    return this.#skipping ? [] : this.#decode(rest);
  }

  #wide(): boolean {
    return this.#encoding === 'utf-16le' || this.#encoding === 'utf-16be';
  }

  /** UTF-16 in pairs of bytes, little end first; an odd byte waits for the next chunk. */
  #aligned(chunk: Buffer): Buffer {
    const joined = this.#swap === undefined ? chunk : Buffer.concat([this.#swap, chunk]);
    const even = joined.length - (joined.length % 2);
    this.#swap = even === joined.length ? undefined : Buffer.from(joined.subarray(even));
    const pairs = joined.subarray(0, even);
    return this.#encoding === 'utf-16be' ? Buffer.from(pairs).swap16() : pairs;
  }

  #lastLineEnd(bytes: Buffer): number {
    if (!this.#wide()) return bytes.lastIndexOf(this.#lineEnd) + 1 || -1;
    for (let at = bytes.length - 2; at >= 0; at -= 2)
      if (bytes[at] === this.#lineEnd && bytes[at + 1] === 0) return at + 2;
    return -1;
  }

  #firstLineEnd(bytes: Buffer): number {
    if (!this.#wide()) return bytes.indexOf(this.#lineEnd) + 1;
    for (let at = 0; at < bytes.length; at += 2) if (bytes[at] === this.#lineEnd && bytes[at + 1] === 0) return at + 2;
    return bytes.length;
  }

  #keep(rest: Buffer): TextBlock[] {
    if (rest.length === 0 || this.#skipping) return [];
    // The chunk may be the reader's own buffer, which it fills again.
    this.#carry.push(Buffer.from(rest));
    this.#carried += rest.length;
    if (this.#carried <= LONGEST_LINE) return [];
    const text = this.#text(Buffer.concat(this.#carry).subarray(0, KEPT_OF_LONG_LINE)) ?? '';
    this.#carry = [];
    this.#carried = 0;
    this.#skipping = true;
    return [{ text, fault: rowNotes['too-long']({ megabytes: LONGEST_LINE / 1048576 }) }];
  }

  #decode(bytes: Buffer): TextBlock[] {
    if (bytes.length === 0) return [];
    const text = this.#text(bytes);
    if (text !== undefined) return [{ text: this.#begin(text) }];
    return this.#lineByLine(bytes);
  }

  #begin(text: string): string {
    const first = this.#first;
    this.#first = false;
    const clean = first && text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
    return this.#lineEnd === 13 ? clean.replaceAll('\r', '\n') : clean;
  }

  #lineByLine(bytes: Buffer): TextBlock[] {
    const blocks: TextBlock[] = [];
    let good = 0;
    let at = 0;
    while (at < bytes.length) {
      const end = at + (this.#firstLineEnd(bytes.subarray(at)) || bytes.length - at);
      if (this.#text(bytes.subarray(at, end)) === undefined) {
        if (at > good) blocks.push({ text: this.#begin(this.#text(bytes.subarray(good, at))!) });
        const line = bytes.subarray(at, Math.min(end, at + KEPT_OF_LONG_LINE));
        const shown = this.#wide() ? line.toString('utf16le') : line.toString('latin1');
        blocks.push({
          text: shown.trimEnd(),
          fault: rowNotes['other-encoding']({ encoding: this.#encoding.toUpperCase() }),
        });
        this.#first = false;
        good = end;
      }
      at = end;
    }
    if (good < bytes.length) blocks.push({ text: this.#begin(this.#text(bytes.subarray(good))!) });
    return blocks;
  }

  /** The text, or undefined when the bytes are not of this encoding. */
  #text(bytes: Buffer): string | undefined {
    if (this.#wide()) {
      const text = bytes.toString('utf16le');
      return text.isWellFormed() ? text : undefined;
    }
    // One byte a character is also the form in which strings are scanned fastest.
    if (isAscii(bytes)) return bytes.toString('latin1');
    if (this.#encoding === 'utf-8') return isUtf8(bytes) ? bytes.toString('utf8') : undefined;
    return decodeStrictly(bytes, this.#encoding);
  }
}

/** The text of bytes in an encoding, or undefined when they are not of it. */
export function decodeStrictly(bytes: Uint8Array, encoding: TextEncoding): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch (cause) {
    if (cause instanceof TypeError) return undefined;
    throw cause;
  }
}

/** A byte order mark is certain; a remembered mapping may come from a file that was saved in another encoding. */
export function byteOrderMark(bytes: Buffer): TextEncoding | undefined {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}
