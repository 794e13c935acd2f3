import { Socket } from 'node:net';
import type { Report } from '../wire/commands.ts';
import { encodeMessage } from '../wire/message.ts';

/** The pipe on which this process hands over what it makes; see wire/message.ts. */
export class Reporter {
  readonly #pipe: Socket;

  constructor(fd: number) {
    this.#pipe = new Socket({ fd, readable: false, writable: true });
    // Nobody is left to report to.
    this.#pipe.on('error', () => process.exit(0));
  }

  /** Bytes that the other side has not read yet. */
  get backlog(): number {
    return this.#pipe.writableLength;
  }

  /** @param sent called when the payloads have left this process, and their memory may be used again */
  report(report: Report, payloads: readonly Uint8Array[] = [], sent?: () => void): void {
    this.#pipe.cork();
    const parts = encodeMessage(report, payloads);
    const last = parts.pop()!;
    for (const part of parts) this.#pipe.write(part);
    this.#pipe.write(last, sent);
    this.#pipe.uncork();
  }

  /** Resolves when everything reported so far has left this process. */
  flush(): Promise<void> {
    return new Promise((resolve) => this.#pipe.write('', () => resolve()));
  }
}
