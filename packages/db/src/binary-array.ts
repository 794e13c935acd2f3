/**
 * PostgreSQL's binary array format (src/backend/utils/adt/arrayfuncs.c, array_recv), for statements that take whole
 * columns through `unnest($1::int4[], …)`. Writing 10,000 numbers as text and reading them back costs more than storing them.
 */
const headerBytes = 20;
/** Milliseconds from 1970 to PostgreSQL's epoch, 2000-01-01. */
const postgresEpochMs = 946_684_800_000;

function start(oid: number, length: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(headerBytes + length * (4 + size));
  buffer.writeInt32BE(length === 0 ? 0 : 1, 0);
  buffer.writeInt32BE(0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(length, 12);
  buffer.writeInt32BE(1, 16);
  return length === 0 ? buffer.subarray(0, 12) : buffer;
}

export function int4Array(values: ArrayLike<number>): Buffer {
  const buffer = start(23, values.length, 4);
  for (let index = 0, at = headerBytes; index < values.length; index += 1, at += 8) {
    buffer.writeInt32BE(4, at);
    buffer.writeInt32BE(values[index]!, at + 4);
  }
  return buffer;
}

export function int2Array(values: ArrayLike<number>): Buffer {
  const buffer = start(21, values.length, 2);
  for (let index = 0, at = headerBytes; index < values.length; index += 1, at += 6) {
    buffer.writeInt32BE(2, at);
    buffer.writeInt16BE(values[index]!, at + 4);
  }
  return buffer;
}

export function float8Array(values: ArrayLike<number>): Buffer {
  const buffer = start(701, values.length, 8);
  for (let index = 0, at = headerBytes; index < values.length; index += 1, at += 12) {
    buffer.writeInt32BE(8, at);
    buffer.writeDoubleBE(values[index]!, at + 4);
  }
  return buffer;
}

/** @param times milliseconds since 1970, UTC; kept to the microsecond. */
export function timestamptzArray(times: ArrayLike<number>): Buffer {
  const buffer = start(1184, times.length, 8);
  for (let index = 0, at = headerBytes; index < times.length; index += 1, at += 12) {
    buffer.writeInt32BE(8, at);
    // Two 32-bit halves instead of a BigInt each: this loop runs for every reading stored.
    const micros = Math.round((times[index]! - postgresEpochMs) * 1000);
    buffer.writeInt32BE(Math.floor(micros / 4294967296), at + 4);
    buffer.writeUInt32BE(micros - Math.floor(micros / 4294967296) * 4294967296, at + 8);
  }
  return buffer;
}
