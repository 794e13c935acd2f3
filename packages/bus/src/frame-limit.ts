/**
 * Follows the lengths of MQTT packets in a stream of bytes (section 2.2 of MQTT 3.1.1), because the parser collects a
 * packet of up to 256 MB in memory, also for a client that has not even logged in yet.
 */
export class FrameLimit {
  #maximum: number;
  /** Bytes of the current packet's body still to come; undefined while its header is being read. */
  #rest: number | undefined;
  #headerBytes = 0;
  #length = 0;

  constructor(maximum: number) {
    this.#maximum = maximum;
  }

  /** False when a packet in it says that it is longer than allowed, or has no valid length. */
  accepts(chunk: Uint8Array): boolean {
    let position = 0;
    while (position < chunk.length) {
      if (this.#rest !== undefined) {
        const skipped = Math.min(this.#rest, chunk.length - position);
        position += skipped;
        this.#rest -= skipped;
        if (this.#rest === 0) this.#rest = undefined;
        continue;
      }
      const byte = chunk[position++]!;
      if (this.#headerBytes++ === 0) continue;
      this.#length += (byte & 0x7f) * 128 ** (this.#headerBytes - 2);
      if (byte & 0x80) {
        if (this.#headerBytes > 4) return false;
        continue;
      }
      if (this.#length > this.#maximum) return false;
      this.#rest = this.#length > 0 ? this.#length : undefined;
      this.#headerBytes = 0;
      this.#length = 0;
    }
    return true;
  }
}
