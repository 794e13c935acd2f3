import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { FrameLimit } from './frame-limit.ts';

/** How long a client that is being disconnected may take to read what was already written to it. */
const lastWordsMs = 2_000;

/**
 * Stands between a client's socket and aedes, because aedes listens to `readable`, and a stream with such a listener
 * cannot be paused: `hold` is how the broker stops reading from a client whose messages cannot be worked off.
 */
export class ClientConnection extends Duplex {
  #socket: Socket;
  #held = false;
  #wanted = false;

  constructor(socket: Socket, maximumPacketBytes: number) {
    super({ allowHalfOpen: true });
    this.#socket = socket;
    const frames = new FrameLimit(maximumPacketBytes);
    socket.on('data', (chunk) => {
      if (!frames.accepts(chunk)) {
        this.destroy(new Error(`packet longer than ${maximumPacketBytes} bytes`));
        return;
      }
      this.#wanted = false;
      if (!this.push(chunk) || this.#held) socket.pause();
    });
    socket.on('end', () => this.push(null));
    socket.on('error', (error) => this.destroy(error));
    socket.on('close', () => this.destroy());
  }

  /** Stops reading from the socket; what is already read still comes. */
  hold(): void {
    this.#held = true;
    this.#socket.pause();
  }

  release(): void {
    this.#held = false;
    if (this.#wanted) this.#socket.resume();
  }

  override _read(): void {
    this.#wanted = true;
    if (!this.#held) this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#socket.write(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#socket.cork();
    chunks.forEach(({ chunk }, index) => {
      if (index === chunks.length - 1) this.#socket.write(chunk, done);
      else this.#socket.write(chunk);
    });
    this.#socket.uncork();
  }

  override _final(done: (error?: Error | null) => void): void {
    this.#socket.end(() => done());
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    // Acknowledgements already written must still reach the client, so an orderly end sends them out first.
    if (error) this.#socket.destroy();
    else {
      this.#socket.destroySoon();
      setTimeout(() => this.#socket.destroy(), lastWordsMs).unref();
    }
    done(error);
  }
}
