import protobuf from 'protobufjs';

export interface WireField {
  readonly number: number;
  /** Of a variable-length integer; 64 bit ones as the nearest number. */
  readonly integer?: number;
  /** Of a field with a length: its bytes, not copied. */
  readonly bytes?: Uint8Array;
  /** The whole field as it stands in the message, its number included; not copied. */
  readonly raw: Uint8Array;
}

/**
 * The fields of a protobuf message one after the other, without building anything of them: so a file of a stranger costs no
 * more memory than its bytes. Throws a RangeError where the bytes end too early or make no sense.
 */
export function* wireFields(message: Uint8Array): Generator<WireField> {
  const reader = protobuf.Reader.create(message);
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const raw = () => message.subarray(start, reader.pos);
    const tag = reader.uint32();
    const [number, type] = [tag >>> 3, tag & 7];
    if (number === 0) throw new RangeError('field number 0');
    if (type === 0) {
      const integer = Number(reader.int64());
      yield { number, integer, raw: raw() };
    } else if (type === 2) {
      const length = reader.uint32();
      const end = reader.pos + length;
      if (end > reader.len) throw new RangeError('a field is longer than the file');
      const bytes = message.subarray(reader.pos, end);
      reader.pos = end;
      yield { number, bytes, raw: raw() };
    } else {
      reader.skipType(type, 0);
      yield { number, raw: raw() };
    }
  }
}

/** Integers of a repeated field, which may be packed. */
export function integersOf({ integer, bytes }: Pick<WireField, 'integer' | 'bytes'>): number[] {
  if (integer !== undefined) return [integer];
  const reader = protobuf.Reader.create(bytes ?? new Uint8Array());
  const numbers: number[] = [];
  while (reader.pos < reader.len) numbers.push(Number(reader.int64()));
  return numbers;
}

export const textOfField = ({ bytes }: WireField): string => Buffer.from(bytes ?? []).toString('utf8', 0, 200);

export const textOf = ({ bytes }: Pick<WireField, 'bytes'>): string => Buffer.from(bytes ?? []).toString('utf8');

/** A field as it stands in a message: an integer, or bytes with their length. */
export function wireField(number: number, value: Uint8Array | number): Uint8Array {
  if (typeof value === 'number') return joinBytes([varint(number * 8), varint(value)]);
  return joinBytes([varint(number * 8 + 2), varint(value.length), value]);
}

function varint(value: number): Uint8Array {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) + 128);
  bytes.push(rest);
  return Uint8Array.from(bytes);
}

export const joinBytes = (parts: readonly Uint8Array[]): Uint8Array => Buffer.concat(parts);
