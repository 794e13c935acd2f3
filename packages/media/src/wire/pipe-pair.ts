import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MessageReader } from './message.ts';

export interface PipePair {
  /** Read into the memory that the reader names. */
  readonly ours: Socket;
  /** To hand to a child process. */
  readonly theirs: Socket;
}

/**
 * Two ends of a local socket. `spawn` makes pipes as well, but Node reads those in pieces of 64 KB into memory of its own:
 * for uncompressed pictures that is a copy and a system call too many, ten times a frame.
 */
export async function pipePair(reader: MessageReader): Promise<PipePair> {
  const folder = process.platform === 'win32' ? undefined : await mkdtemp(join(tmpdir(), 'millwright-media-'));
  const path = folder ? join(folder, 'pipe') : `\\\\.\\pipe\\millwright-media-${randomUUID()}`;
  const server = createServer({ pauseOnConnect: true });
  try {
    const accepted = new Promise<Socket>((resolve, reject) => server.once('connection', resolve).once('error', reject));
    await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
    const ours = connect({
      path,
      onread: {
        buffer: () => reader.target(),
        callback: (bytes) => {
          reader.took(bytes);
          return true;
        },
      },
    });
    return { ours, theirs: await accepted };
  } finally {
    server.close();
    if (folder) await rm(folder, { recursive: true, force: true });
  }
}
