import { ProtobufWriter, putVarint } from './protobuf-writer.ts';

/** Field numbers of Tahu's sparkplug_b.proto. */
const payloadField = { timestamp: 1, metrics: 2, seq: 3 } as const;
const metricField = { alias: 2, timestamp: 3, datatype: 4, doubleValue: 13 } as const;
const doubleType = 10;

/** Holds any millisecond up to the year 2109. */
const timestampWidth = 6;
const sequenceWidth = 2;

/**
 * A DDATA payload of fixed aliases, encoded once. Filling it in costs a few byte writes for each metric, so that a
 * load generator measures the other side and not protobuf.
 */
export class PayloadTemplate {
  readonly #bytes: Buffer;
  readonly #timestamps: number[] = [];
  readonly #values: number[] = [];
  readonly #sequence: number;

  constructor(aliases: readonly number[]) {
    const writer = new ProtobufWriter();
    this.#timestamps.push(writer.paddedVarint(payloadField.timestamp, timestampWidth));
    const metric = metricBytes(aliases[0]);
    for (const alias of aliases) {
      const { bytes, timestamp, value } = alias === aliases[0] ? metric : metricBytes(alias);
      writer.message(payloadField.metrics, bytes);
      const start = writer.length - bytes.length;
      this.#timestamps.push(start + timestamp);
      this.#values.push(start + value);
    }
    this.#sequence = writer.paddedVarint(payloadField.seq, sequenceWidth);
    this.#bytes = writer.finish();
  }

  /** A payload of its own memory: the MQTT client keeps it until it is acknowledged. */
  fill(timeMs: number, sequence: number, value: (index: number) => number): Buffer {
    const bytes = Buffer.from(this.#bytes);
    for (const offset of this.#timestamps) putVarint(bytes, offset, timestampWidth, timeMs);
    for (let i = 0; i < this.#values.length; i++) bytes.writeDoubleLE(value(i), this.#values[i]);
    putVarint(bytes, this.#sequence, sequenceWidth, sequence);
    return bytes;
  }
}

function metricBytes(alias: number): { bytes: Buffer; timestamp: number; value: number } {
  const writer = new ProtobufWriter().varint(metricField.alias, alias);
  const timestamp = writer.paddedVarint(metricField.timestamp, timestampWidth);
  writer.varint(metricField.datatype, doubleType);
  const value = writer.double(metricField.doubleValue);
  return { bytes: writer.finish(), timestamp, value };
}
