/**
 * How a media process hands over what it makes, on a pipe of its own: a prefix, a header in JSON, then the payloads as
 * they are. Prefix: bytes of the header (uint32 LE), number of payloads (uint32 LE), bytes of each payload (uint32 LE).
 */
export interface Message {
  readonly header: MessageHeader;
  readonly payloads: readonly Uint8Array[];
}

export interface MessageHeader {
  readonly type: string;
}

const fixedBytes = 8;
/** No header or payload of ours comes near; more is a sign that the two ends no longer speak of the same bytes. */
const maxHeaderBytes = 4 << 20;
const maxPayloads = 256;

/** The parts of a message in the order in which they are written. */
export function encodeMessage(header: MessageHeader, payloads: readonly Uint8Array[] = []): Uint8Array[] {
  const json = Buffer.from(JSON.stringify(header));
  const head = Buffer.allocUnsafe(fixedBytes + 4 * payloads.length + json.length);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(payloads.length, 4);
  payloads.forEach((payload, index) => {
    head.writeUInt32LE(payload.length, fixedBytes + 4 * index);
  });
  json.copy(head, fixedBytes + 4 * payloads.length);
  return [head, ...payloads];
}

type Stage = 'prefix' | 'lengths' | 'header' | 'payload';

/**
 * Takes a stream apart again. Each payload gets memory of its own, so that a consumer may keep or transfer one picture
 * without the others; the system writes all but its first bytes straight into it.
 */
export class MessageReader {
  readonly #onMessage: (message: Message) => void;
  #head = Buffer.alloc(fixedBytes);
  #filled = 0;
  readonly #scratch = Buffer.allocUnsafeSlow(64 << 10);
  #direct = false;
  #stage: Stage = 'prefix';
  #headerBytes = 0;
  #lengths: number[] = [];
  #header: MessageHeader | undefined;
  #payloads: Uint8Array[] = [];

  constructor(onMessage: (message: Message) => void) {
    this.#onMessage = onMessage;
  }

  /**
   * Where the next bytes are to be read to: straight into the payload that is under way, else into a buffer that `took`
   * takes apart.
   */
  target(): Uint8Array {
    const rest = this.#head.length - this.#filled;
    this.#direct = this.#stage === 'payload' && rest >= this.#scratch.length / 4;
    return this.#direct ? this.#head.subarray(this.#filled) : this.#scratch;
  }

  /** So many bytes were read to where `target` said. Throws a RangeError when they are no messages. */
  took(bytes: number): void {
    if (!this.#direct) {
      this.push(this.#scratch.subarray(0, bytes));
      return;
    }
    this.#filled += bytes;
    this.#settle();
  }

  /** Throws a RangeError when the bytes are no messages. */
  push(chunk: Uint8Array): void {
    let at = 0;
    while (at < chunk.length) {
      const take = Math.min(this.#head.length - this.#filled, chunk.length - at);
      this.#head.set(chunk.subarray(at, at + take), this.#filled);
      this.#filled += take;
      at += take;
      this.#settle();
    }
  }

  #settle(): void {
    while (this.#filled === this.#head.length && this.#advance());
  }

  /** One stage further; false when the next stage waits for bytes. */
  #advance(): boolean {
    const full = this.#head;
    switch (this.#stage) {
      case 'prefix': {
        this.#headerBytes = full.readUInt32LE(0);
        const count = full.readUInt32LE(4);
        if (this.#headerBytes > maxHeaderBytes || count > maxPayloads) throw new RangeError('not a media message');
        return this.#expect('lengths', Buffer.allocUnsafe(4 * count));
      }
      case 'lengths':
        this.#lengths = Array.from({ length: full.length / 4 }, (_, index) => full.readUInt32LE(4 * index));
        return this.#expect('header', Buffer.allocUnsafe(this.#headerBytes));
      case 'header':
        this.#header = JSON.parse(full.toString()) as MessageHeader;
        this.#payloads = [];
        return this.#nextPayload();
      case 'payload':
        this.#payloads.push(full);
        return this.#nextPayload();
    }
  }

  #nextPayload(): boolean {
    const length = this.#lengths[this.#payloads.length];
    if (length !== undefined) return this.#expect('payload', Buffer.allocUnsafeSlow(length));
    const message = { header: this.#header!, payloads: this.#payloads };
    this.#expect('prefix', Buffer.alloc(fixedBytes));
    this.#onMessage(message);
    return false;
  }

  #expect(stage: Stage, into: Buffer<ArrayBuffer>): boolean {
    this.#stage = stage;
    this.#head = into;
    this.#filled = 0;
    return into.length === 0;
  }
}
