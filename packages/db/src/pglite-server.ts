import { Duplex } from 'node:stream';
import { Worker } from 'node:worker_threads';
import { dbErrors } from './errors.ts';
import type { FromPgliteWorker, PgliteWorkerData, ToPgliteWorker } from './pglite-worker.ts';
import type { Durability } from './start-params.ts';

/** The embedded PostgreSQL, as something that the `pg` package can connect to: its socket is a message port. */
export interface PgliteServer {
  /** Undefined for one in memory. */
  readonly folder: string | undefined;
  /** A stream for one `pg` client; PGlite has one session, so only one may be open at a time. */
  stream(): Duplex;
  /** Copies the cluster's files between two messages; of the write-ahead log only these segments. */
  copy(to: string, segments: readonly string[]): Promise<void>;
  close(): Promise<void>;
}

const authenticationOk = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]);
const readyForQuery = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
/** The client's good-bye. PGlite's session must outlive it, so it is cut off the end of what is sent. */
const terminate = Buffer.from([0x58, 0, 0, 0, 4]);

/** What `pg` expects of a socket, over the worker's message port. */
class WorkerSocket extends Duplex {
  #send: (bytes: Uint8Array) => void;
  #started = false;

  constructor(send: (bytes: Uint8Array) => void) {
    super();
    this.#send = send;
  }
  connect(): void {
    process.nextTick(() => this.emit('connect'));
  }
  setNoDelay(): this {
    return this;
  }
  setKeepAlive(): this {
    return this;
  }
  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }
  override _read(): void {
    // Answers are pushed as they come; pg never falls behind a database in its own process.
  }
  override _write(chunk: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
    this.#transfer([chunk]);
    done();
  }
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#transfer(chunks.map(({ chunk }) => chunk));
    done();
  }
  override _final(done: () => void): void {
    this.push(null);
    done();
  }
  #transfer(chunks: readonly Buffer[]): void {
    if (!this.#started) {
      // The start-up packet: PGlite has no authentication of its own, whoever reads the folder is its owner.
      this.#started = true;
      process.nextTick(() => this.push(Buffer.concat([authenticationOk, readyForQuery])));
      return;
    }
    const last = chunks.at(-1)!;
    const leaves = last.length >= 5 && last.subarray(-5).equals(terminate);
    const length = chunks.reduce((sum, chunk) => sum + chunk.length, 0) - (leaves ? terminate.length : 0);
    if (length <= 0) return;
    // The one copy there is: the thread takes this memory over.
    const bytes = new Uint8Array(length);
    let at = 0;
    for (const chunk of chunks) {
      bytes.set(chunk.length > length - at ? chunk.subarray(0, length - at) : chunk, at);
      at += chunk.length;
    }
    this.#send(bytes);
  }
}

/** Opens (creating if need be) the cluster in `dataDir`; recovery after a kill happens here. */
export async function startPglite(dataDir: string, durability: Durability): Promise<PgliteServer> {
  const workerData: PgliteWorkerData = { dataDir, durability };
  const worker = new Worker(new URL('./pglite-worker.ts', import.meta.url), { workerData });
  const post = (message: ToPgliteWorker, transfer: ArrayBuffer[] = []) => worker.postMessage(message, transfer);
  let socket: WorkerSocket | undefined;
  let onClosed: (() => void) | undefined;
  let onCopied: ((problem: string | undefined) => void) | undefined;
  let exited = false;
  let client = 0;

  await new Promise<void>((resolve, reject) => {
    const fail = (reason: string) => {
      void worker.terminate();
      reject(dbErrors.DATABASE_UNREACHABLE({ url: dataDir, reason }));
      // Once it is running a failure belongs to whoever waits for an answer; without this they would wait for ever.
      socket?.destroy(new Error(reason));
    };
    worker.once('error', (error: Error) => fail(error.message));
    worker.once('exit', () => {
      exited = true;
      onClosed?.();
      onCopied?.('the embedded database has stopped');
      fail('the embedded database has stopped');
    });
    worker.on('message', (message: FromPgliteWorker) => {
      if (message.kind === 'ready') resolve();
      else if (message.kind === 'data') {
        if (message.client === client) socket?.push(Buffer.from(message.bytes.buffer));
      } else if (message.kind === 'closed') onClosed?.();
      else if (message.kind === 'copied') onCopied?.(message.problem);
      else if (socket) socket.destroy(new Error(message.message));
      else fail(message.message);
    });
  });

  return {
    folder: dataDir === 'memory://' ? undefined : dataDir,
    stream() {
      if (socket) post({ kind: 'reset' });
      client += 1;
      const own = client;
      socket = new WorkerSocket((bytes) => post({ kind: 'data', client: own, bytes }, [bytes.buffer as ArrayBuffer]));
      if (exited) socket.destroy(new Error('the embedded database has stopped'));
      return socket;
    },
    async copy(to, segments) {
      const problem = await new Promise<string | undefined>((resolve) => {
        onCopied = resolve;
        post({ kind: 'copy', to, segments });
      });
      if (problem !== undefined) throw new Error(problem);
    },
    async close() {
      if (exited) return;
      await new Promise<void>((resolve) => {
        onClosed = resolve;
        post({ kind: 'close' });
      });
      await worker.terminate();
    },
  };
}
