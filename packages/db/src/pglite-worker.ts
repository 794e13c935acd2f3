/**
 * Runs the embedded PostgreSQL on a thread of its own, so that a long query never holds up the server's event loop.
 * Each message in is a piece of the PostgreSQL wire protocol, each message out the answer to it.
 */
import { constants, cpSync, existsSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { pg_textsearch } from '@electric-sql/pglite-pg_textsearch';
import { vector } from '@electric-sql/pglite-pgvector';
import { collectGarbage } from './collect-garbage.ts';
import { type Durability, startParams } from './start-params.ts';
import { SyncedFiles, syncTree } from './synced-files.ts';

export interface PgliteWorkerData {
  /** Folder of the cluster, or `memory://`. */
  readonly dataDir: string;
  readonly durability: Durability;
}

export type FromPgliteWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly message: string }
  /** `client` counts the streams opened so far: an answer to one that is gone is for nobody. */
  | { readonly kind: 'data'; readonly client: number; readonly bytes: Uint8Array }
  | { readonly kind: 'copied'; readonly problem: string | undefined }
  | { readonly kind: 'closed' };

export type ToPgliteWorker =
  | { readonly kind: 'data'; readonly client: number; readonly bytes: Uint8Array }
  /** A new client takes over the one session there is. */
  | { readonly kind: 'reset' }
  /** Copies the cluster's files, of the write-ahead log only the named segments. */
  | { readonly kind: 'copy'; readonly to: string; readonly segments: readonly string[] }
  | { readonly kind: 'close' };

/** One statement without values, as the protocol has it. */
function simpleQuery(text: string): Uint8Array {
  const message = Buffer.alloc(6 + text.length);
  message.write('Q', 0, 'latin1');
  message.writeInt32BE(5 + text.length, 1);
  message.write(text, 5, 'latin1');
  return message;
}

/** Gathers an answer, which comes in pieces of 8 KiB out of memory that PGlite uses again. */
class AnswerBuffer {
  #bytes = new Uint8Array(16_384);
  #length = 0;

  add(piece: Uint8Array): void {
    const needed = this.#length + piece.length;
    if (needed > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      larger.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = larger;
    }
    this.#bytes.set(piece, this.#length);
    this.#length = needed;
  }

  take(): Uint8Array<ArrayBuffer> {
    return this.#bytes.slice(0, this.#length);
  }
}

/** On this thread and in one go, so that nothing can be written meanwhile. Returns what went wrong. */
function copyCluster(to: string, segments: readonly string[]): string | undefined {
  const { dataDir } = workerData as PgliteWorkerData;
  const isWanted = (path: string) =>
    basename(dirname(path)) !== 'pg_wal' || segments.includes(basename(path)) || statSync(path).isDirectory();
  try {
    // A file system that can copy by reference does.
    cpSync(dataDir, to, { recursive: true, filter: isWanted, mode: constants.COPYFILE_FICLONE });
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}

const port = parentPort!;
const send = (message: FromPgliteWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

/** Ends the thread: whoever waits for an answer hears that there will be none, and the next start recovers. */
function stop(error: unknown): never {
  send({ kind: 'failed', message: `the disk did not take what was written: ${(error as Error).message}` });
  process.exit(1);
}

try {
  const { dataDir, durability } = workerData as PgliteWorkerData;
  const synced = durability === 'disk' && dataDir !== 'memory://';
  const isNew = synced && !existsSync(join(dataDir, 'PG_VERSION'));
  const db = await PGlite.create({
    ...(synced ? { fs: new SyncedFiles(dataDir, stop) } : { dataDir }),
    extensions: { vector, pg_textsearch },
    startParams: startParams(durability),
  });
  if (isNew) syncTree(dataDir);
  const talk = async (bytes: Uint8Array): Promise<Uint8Array<ArrayBuffer>> => {
    const answer = new AnswerBuffer();
    // Not execProtocolRaw: that parses every answer a second time and keeps what it parsed for ever.
    await db.execProtocolRawStream(bytes, { onRawData: (piece) => answer.add(piece) });
    return answer.take();
  };
  let last: Promise<void> = Promise.resolve();
  const answer = async (message: ToPgliteWorker): Promise<void> => {
    if (message.kind === 'close') {
      await db.close();
      send({ kind: 'closed' });
      port.close();
    } else if (message.kind === 'copy') {
      send({ kind: 'copied', problem: copyCluster(message.to, message.segments) });
    } else if (message.kind === 'reset') {
      // What the client before left behind, an open transaction or prepared statements, is not the next one's.
      await talk(simpleQuery('rollback'));
      await talk(simpleQuery('discard all'));
    } else {
      const bytes = await talk(message.bytes);
      send({ kind: 'data', client: message.client, bytes }, [bytes.buffer]);
    }
  };
  port.on('message', (message: ToPgliteWorker) => {
    last = last.then(() => answer(message)).catch((error: unknown) => send({ kind: 'failed', message: String(error) }));
  });
  collectGarbage();
  send({ kind: 'ready' });
} catch (error) {
  send({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}
