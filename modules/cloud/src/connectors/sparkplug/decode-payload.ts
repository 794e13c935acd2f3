import { gunzipSync, inflateSync } from 'node:zlib';
import type { Note } from '@millwright/kernel';
import { connectorNotes } from '../connector-notes.ts';
import { connectorErrors } from '../errors.ts';

/**
 * A decoder of just the Sparkplug B payload that measurements need (Eclipse Sparkplug 3.0, `sparkplug_b.proto`). The
 * generic one makes an object and up to three `Long`s per metric; this one calls back with one reused metric.
 */
export interface SparkplugMetric {
  /** Empty when the message names the metric by alias only. */
  name: string;
  /** -1 when absent. */
  alias: number;
  /** Milliseconds since 1970; NaN when absent. */
  timestamp: number;
  /** Sparkplug data type number; 0 when absent (data messages may leave it to the birth). */
  datatype: number;
  historical: boolean;
  isNull: boolean;
  /** Which value field was present. */
  field: 'none' | 'int' | 'long' | 'float' | 'double' | 'boolean' | 'string' | 'other';
  /** Low and high 32 bits of an int or long value. */
  low: number;
  high: number;
  /** Float, double, or boolean as 0 and 1. */
  number: number;
  text: string;
  /** Property `engUnit`. */
  unit: string;
  /** Property `Quality` (0 bad, 192 good, 500 stale); -1 when absent. */
  quality: number;
}

export interface SparkplugHeader {
  /** Milliseconds since 1970; NaN when absent. */
  timestamp: number;
  /** 0 to 255; -1 when absent. */
  seq: number;
}

/** A payload that a node compressed, as the Sparkplug client libraries do it. */
const compressedUuid = 'SPBV1.0_COMPRESSED';
/** A compressed payload may not grow beyond this: a few kilobytes could otherwise fill the memory. */
const inflatedCeiling = 64 * 1024 * 1024;

/** Calls `onMetric` for each metric, in order; the object is reused, so nothing may keep it. Throws CONNECTOR_PAYLOAD_MALFORMED. */
export function decodePayload(payload: Uint8Array, onMetric: (metric: SparkplugMetric) => void): SparkplugHeader {
  const reader = new Reader(payload);
  const header = reader.payload(onMetric);
  if (reader.uuid !== compressedUuid || !reader.body) return header;
  const inner = new Reader(inflate(reader.body));
  const innerHeader = inner.payload(onMetric);
  return {
    timestamp: Number.isNaN(header.timestamp) ? innerHeader.timestamp : header.timestamp,
    seq: header.seq < 0 ? innerHeader.seq : header.seq,
  };
}

function inflate(body: Uint8Array): Uint8Array {
  try {
    const gzip = body[0] === 0x1f && body[1] === 0x8b;
    return gzip
      ? gunzipSync(body, { maxOutputLength: inflatedCeiling })
      : inflateSync(body, { maxOutputLength: inflatedCeiling });
  } catch (error) {
    throw connectorErrors.CONNECTOR_PAYLOAD_MALFORMED(
      { what: 'compressed Sparkplug payload', reason: (error as Error).message },
      error,
    );
  }
}

class Reader {
  uuid = '';
  body: Uint8Array | undefined;
  #bytes: Buffer;
  #position = 0;
  #low = 0;
  #high = 0;
  #metric: SparkplugMetric = {
    name: '',
    alias: -1,
    timestamp: Number.NaN,
    datatype: 0,
    historical: false,
    isNull: false,
    field: 'none',
    low: 0,
    high: 0,
    number: 0,
    text: '',
    unit: '',
    quality: -1,
  };

  constructor(payload: Uint8Array) {
    this.#bytes = Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength);
  }

  payload(onMetric: (metric: SparkplugMetric) => void): SparkplugHeader {
    const end = this.#bytes.length;
    let timestamp = Number.NaN;
    let seq = -1;
    while (this.#position < end) {
      const tag = this.#varint();
      if (tag === 18) {
        this.#readMetric(this.#lengthEnd(end));
        onMetric(this.#metric);
      } else if (tag === 8) timestamp = this.#varint();
      else if (tag === 24) seq = this.#varint();
      else if (tag === 34) this.uuid = this.#string(end);
      else if (tag === 42) {
        const bodyEnd = this.#lengthEnd(end);
        this.body = this.#bytes.subarray(this.#position, bodyEnd);
        this.#position = bodyEnd;
      } else this.#skip(tag, end);
    }
    this.#expectEnd(end);
    return { timestamp, seq };
  }

  #readMetric(end: number): void {
    const metric = this.#metric;
    metric.name = '';
    metric.alias = -1;
    metric.timestamp = Number.NaN;
    metric.datatype = 0;
    metric.historical = false;
    metric.isNull = false;
    metric.field = 'none';
    metric.unit = '';
    metric.quality = -1;
    while (this.#position < end) {
      // The tag is the field number times 8 plus the wire type, so a field of an unexpected type falls to `skip`.
      const tag = this.#varint();
      switch (tag) {
        case 10:
          metric.name = this.#string(end);
          break;
        case 16:
          metric.alias = this.#varint();
          break;
        case 24:
          metric.timestamp = this.#varint();
          break;
        case 32:
          metric.datatype = this.#varint();
          break;
        case 40:
          metric.historical = this.#varint() !== 0;
          break;
        case 56:
          metric.isNull = this.#varint() !== 0;
          break;
        case 74:
          this.#properties(this.#lengthEnd(end));
          break;
        case 80:
        case 88:
          metric.field = tag === 80 ? 'int' : 'long';
          this.#varint64();
          metric.low = this.#low;
          metric.high = this.#high;
          break;
        case 101:
          this.#need(4, end);
          metric.field = 'float';
          metric.number = this.#bytes.readFloatLE(this.#position);
          this.#position += 4;
          break;
        case 105:
          this.#need(8, end);
          metric.field = 'double';
          metric.number = this.#bytes.readDoubleLE(this.#position);
          this.#position += 8;
          break;
        case 112:
          metric.field = 'boolean';
          metric.number = this.#varint() === 0 ? 0 : 1;
          break;
        case 122:
          metric.field = 'string';
          metric.text = this.#string(end);
          break;
        default:
          // 16 bytes, 17 data set, 18 template, 19 extension
          if (tag === 130 || tag === 138 || tag === 146 || tag === 154) metric.field = 'other';
          this.#skip(tag, end);
      }
    }
    this.#expectEnd(end);
  }

  /** Of the property set only `engUnit` and `Quality`; keys and values are two lists in the same order. */
  #properties(end: number): void {
    const keys: string[] = [];
    const values: (string | number)[] = [];
    while (this.#position < end) {
      const tag = this.#varint();
      if (tag === 10) keys.push(this.#string(end));
      else if (tag === 18) values.push(this.#propertyValue(this.#lengthEnd(end)));
      else this.#skip(tag, end);
    }
    this.#expectEnd(end);
    for (let i = 0; i < keys.length; i += 1) {
      const key = keys[i]!.toLowerCase();
      const value = values[i];
      if (key === 'engunit' && typeof value === 'string') this.#metric.unit = value;
      else if (key === 'quality' && typeof value === 'number') this.#metric.quality = value;
    }
  }

  #propertyValue(end: number): string | number {
    let value: string | number = '';
    while (this.#position < end) {
      const tag = this.#varint();
      if (tag === 24 || tag === 32) value = this.#varint();
      else if (tag === 66) value = this.#string(end);
      else this.#skip(tag, end);
    }
    this.#expectEnd(end);
    return value;
  }

  /** Exact up to 2^53, which covers tags, lengths, aliases and times. */
  #varint(): number {
    let byte = this.#bytes[this.#position++];
    if (byte === undefined) this.#fail(connectorNotes['sparkplug-ends-early']());
    if (byte! < 128) return byte!;
    let result = byte! & 127;
    let scale = 128;
    for (let count = 1; count < 10; count += 1) {
      byte = this.#bytes[this.#position++];
      if (byte === undefined) this.#fail(connectorNotes['sparkplug-ends-early']());
      result += (byte! & 127) * scale;
      if (byte! < 128) return result;
      scale *= 128;
    }
    return this.#fail(connectorNotes['sparkplug-number-long']());
  }

  /** All 64 bits, into `#low` and `#high`; needed where the value may be a negative number in two's complement. */
  #varint64(): void {
    let low = 0;
    let high = 0;
    for (let count = 0; count < 10; count += 1) {
      const byte = this.#bytes[this.#position++];
      if (byte === undefined) this.#fail(connectorNotes['sparkplug-ends-early']());
      const bits = byte! & 127;
      if (count < 4) low |= bits << (count * 7);
      else if (count === 4) {
        low |= bits << 28;
        high |= bits >>> 4;
      } else high |= bits << (count * 7 - 32);
      if (byte! < 128) {
        this.#low = low >>> 0;
        this.#high = high >>> 0;
        return;
      }
    }
    this.#fail(connectorNotes['sparkplug-number-long']());
  }

  #lengthEnd(limit: number): number {
    const length = this.#varint();
    const end = this.#position + length;
    if (end > limit) this.#fail(connectorNotes['sparkplug-field-long']({ bytes: length }));
    return end;
  }

  #string(limit: number): string {
    const end = this.#lengthEnd(limit);
    const text = this.#bytes.toString('utf8', this.#position, end);
    this.#position = end;
    return text;
  }

  #skip(tag: number, limit: number): void {
    const wireType = tag & 7;
    if (tag < 8) this.#fail(connectorNotes['sparkplug-field-zero']());
    if (wireType === 0) this.#varint();
    else if (wireType === 1) this.#position += 8;
    else if (wireType === 2) this.#position = this.#lengthEnd(limit);
    else if (wireType === 5) this.#position += 4;
    else this.#fail(connectorNotes['sparkplug-wire-type']({ type: wireType }));
  }

  #need(bytes: number, limit: number): void {
    if (this.#position + bytes > limit) this.#fail(connectorNotes['sparkplug-ends-early']());
  }

  #expectEnd(end: number): void {
    if (this.#position !== end) this.#fail(connectorNotes['sparkplug-field-beyond']());
  }

  #fail(reason: Note): never {
    throw connectorErrors.CONNECTOR_PAYLOAD_MALFORMED({ what: 'Sparkplug payload', reason });
  }
}
