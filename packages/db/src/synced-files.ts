import { closeSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

type Options = Parameters<NodeFS['init']>[1];

/** An open file as Emscripten's NODEFS knows it; a directory has no descriptor of the operating system. */
interface OpenFile {
  readonly nfd?: number;
  readonly node: unknown;
}

/** What Emscripten has and its types leave out. */
interface NodeFileSystem {
  readonly realPath: (node: unknown) => string;
  readonly stream_ops: { fsync?: (file: OpenFile) => number };
}

/**
 * The cluster's files, flushed to the disk when PostgreSQL asks for it. Emscripten hands `fsync` on to the file system if
 * that has it, and its NODEFS has none; `fdatasync` it takes for done, so `wal_sync_method` must be `fsync`.
 */
export class SyncedFiles extends NodeFS {
  #onFailure: (error: unknown) => never;

  /** @param onFailure must not return: what PostgreSQL takes for flushed it acknowledges, and its own panic never ends here. */
  constructor(folder: string, onFailure: (error: unknown) => never) {
    super(folder);
    this.#onFailure = onFailure;
  }

  override async init(pg: PGlite, given: Options) {
    const started = await super.init(pg, given);
    started.emscriptenOpts.preRun!.push(({ FS }) => {
      const files = FS.filesystems.NODEFS as unknown as NodeFileSystem;
      files.stream_ops.fsync = ({ nfd, node }) => {
        try {
          if (nfd !== undefined) fsyncSync(nfd);
          else syncFolder(files.realPath(node));
          return 0;
        } catch (error) {
          return this.#onFailure(error);
        }
      };
    });
    return started;
  }
}

/** Whether names made or changed in a folder are flushed is up to the system: Windows has no such call. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  syncFile(path);
}

function syncFile(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Flushes everything below a folder, as `initdb` does with what it made. */
export function syncTree(folder: string): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) syncTree(path);
    else if (entry.isFile()) syncFile(path);
  }
  syncFolder(folder);
}
