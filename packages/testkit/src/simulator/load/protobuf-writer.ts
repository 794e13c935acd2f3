/** Just enough of the protobuf wire format (varint, fixed64, length-delimited) to write a payload whose size never changes. */
export class ProtobufWriter {
  readonly #bytes: number[] = [];

  get length(): number {
    return this.#bytes.length;
  }

  varint(field: number, value: number): this {
    this.#key(field, 0);
    this.#varint(value);
    return this;
  }

  /** Writes `width` bytes whatever the value; see `putVarint`. Returns where they begin. */
  paddedVarint(field: number, width: number): number {
    this.#key(field, 0);
    return this.#room(width);
  }

  /** Room for a double. Returns where it begins. */
  double(field: number): number {
    this.#key(field, 1);
    return this.#room(8);
  }

  text(field: number, value: string): this {
    const bytes = Buffer.from(value);
    return this.message(field, bytes);
  }

  message(field: number, bytes: Uint8Array): this {
    this.#key(field, 2);
    this.#varint(bytes.length);
    for (const byte of bytes) this.#bytes.push(byte);
    return this;
  }

  finish(): Buffer {
    return Buffer.from(this.#bytes);
  }

  #key(field: number, wireType: number): void {
    this.#varint(field * 8 + wireType);
  }

  #varint(value: number): void {
    let rest = value;
    while (rest >= 128) {
      this.#bytes.push((rest % 128) + 128);
      rest = Math.floor(rest / 128);
    }
    this.#bytes.push(rest);
  }

  #room(width: number): number {
    const start = this.#bytes.length;
    for (let i = 0; i < width; i++) this.#bytes.push(0);
    return start;
  }
}

/** Writes a varint over `width` bytes; leading groups of zeros are allowed by the format and read as nothing. */
export function putVarint(buffer: Buffer, offset: number, width: number, value: number): void {
  let rest = value;
  for (let i = 0; i < width - 1; i++) {
    buffer[offset + i] = (rest % 128) + 128;
    rest = Math.floor(rest / 128);
  }
  buffer[offset + width - 1] = rest;
}
