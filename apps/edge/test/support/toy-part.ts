import { rmSync, writeFileSync } from 'node:fs';
import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EdgeContext, EdgeDocument, EdgePart } from '@millwright/cloud';

/** What the toy’s document may say. */
export interface ToyDocument {
  /** Events a second that it sends; none when left out. */
  rate?: number;
  /** Every so many events one has a file. */
  fileEvery?: number;
  /** It rejects this document. */
  reject?: boolean;
  /** It ends the process with it. */
  crash?: boolean;
  /** Hash of a file that it must be able to read. */
  model?: string;
  cameras?: { id: string; address: string; paused?: boolean }[];
}

/**
 * Sends numbered events and writes down, in a file of its own, the number of each that `send` has resolved for: what was
 * promised.
 */
export const toyPart: EdgePart = {
  name: 'toy',
  boxFields: ['cameras.*.address', 'cameras.*.paused'],
  async start(context) {
    let document: ToyDocument = {};
    let timer: NodeJS.Timeout | undefined;
    const sender = new Sender(context);
    return {
      async apply(given: EdgeDocument): Promise<undefined> {
        const wanted = given as ToyDocument;
        if (wanted.crash) process.kill(process.pid, 'SIGKILL');
        if (wanted.reject) throw new Error('the toy does not like it');
        if (wanted.model) await context.blob(wanted.model);
        document = wanted;
        clearInterval(timer);
        if (document.rate) timer = setInterval(() => void sender.send(document.fileEvery), 1000 / document.rate);
      },
      report: () => ({ sent: sender.promised, cameras: document.cameras ?? [] }),
      async stop() {
        clearInterval(timer);
      },
    };
  },
};

class Sender {
  promised = 0;
  /** Rises from run to run, and is used once, also when nobody knows what became of it. */
  #next = Date.now() * 1000;
  #context: EdgeContext;

  constructor(context: EdgeContext) {
    this.#context = context;
  }

  async send(fileEvery: number | undefined): Promise<void> {
    this.#next += 1;
    const number = this.#next;
    const files = [];
    if (fileEvery && number % fileEvery === 0) {
      // A name of its own: what is handed over must not be written to again.
      const path = join(this.#context.folder, `clip-${number}`);
      writeFileSync(path, `clip of ${number} `.repeat(20_000));
      files.push({ path, name: `clip-${number}.mp4` });
    }
    try {
      await this.#context.send('event', { number }, { files });
    } catch {
      return; // Not promised.
    }
    for (const { path } of files) rmSync(path);
    this.promised += 1;
    await appendFile(join(this.#context.folder, 'promised'), `${number}\n`);
  }
}
