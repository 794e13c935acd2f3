import type { WebSocket } from '@fastify/websocket';
import { type Actor, isMillwrightError } from '@millwright/kernel';

/** A connection that stays open after it was allowed. */
export interface OpenConnection {
  readonly socket: Pick<WebSocket, 'close' | 'on'>;
  /** Who it is for now; undefined: nobody any more. */
  now(): Promise<Actor | undefined>;
  /** Goes on with what this actor may be told. What it refuses with ends the connection. */
  look(actor: Actor): void | Promise<void>;
}

/** Sessions and tokens expire without anybody saying so. */
const recheckMs = 60_000;
/** Close codes of whoever is signed out, and of whoever may not hear it any more; RFC 6455 leaves 4000 and up to applications. */
const signedOut = 4401;
const refused = 4403;

/** Asks every open connection again who it is for: at once when somebody may have lost a right, and every minute. */
export class OpenConnections {
  /** With the end of what is being asked of each: one after the other, so that what it may be told last is what holds. */
  #open = new Map<OpenConnection, Promise<void>>();
  #timer: NodeJS.Timeout | undefined;

  add(connection: OpenConnection): void {
    this.#open.set(connection, Promise.resolve());
    this.#timer ??= setInterval(() => this.recheck(), recheckMs).unref();
    connection.socket.on('close', () => this.#open.delete(connection));
  }

  /** Ends the connections of those who are signed out by now; the others look for themselves what they may still be told. */
  recheck(): void {
    for (const [connection, before] of this.#open)
      this.#open.set(
        connection,
        before.then(() => this.#recheck(connection)),
      );
  }

  async #recheck(connection: OpenConnection): Promise<void> {
    if (!this.#open.has(connection)) return;
    const { socket, now, look } = connection;
    try {
      const actor = await now();
      if (!actor) return socket.close(signedOut, 'signed out');
      await look(actor);
    } catch (error) {
      // The database being away says nothing about anybody's rights.
      if (!isMillwrightError(error) || error.status >= 500) return;
      socket.close(error.status === 401 ? signedOut : refused, error.code);
    }
  }

  close(): void {
    clearInterval(this.#timer);
    for (const { socket } of this.#open.keys()) socket.close(1001, 'server stops');
  }
}
