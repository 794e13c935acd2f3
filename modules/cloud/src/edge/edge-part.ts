import type { Clock, Logger, Note } from '@millwright/kernel';

/** JSON as a desired document is. */
export type EdgeDocument = Readonly<Record<string, unknown>>;

export interface EdgeSendOptions {
  /** UUID; the same when the part sends the same thing again. Left out, a new one. */
  readonly id?: string;
  /** When it happened, milliseconds since 1970 by the box’s clock; left out, now. */
  readonly time?: number;
  /** Files that belong to it. They are linked or copied before `send` resolves; the part may remove its own then. */
  readonly files?: readonly { readonly path: string; readonly name: string }[];
  /** What goes first when the disk budget is reached: `bulk` (clips, raw series) before `event`. `event` unless said otherwise. */
  readonly priority?: 'event' | 'bulk';
}

/** What the agent lends to a part on the box. */
export interface EdgeContext {
  /** A folder of the part’s own; it exists and stays from run to run. */
  readonly folder: string;
  readonly logger: Logger;
  readonly clock: Clock;
  /** Folders of the box that parts may read pictures from; named by whoever runs it. */
  readonly watchedFolders: readonly string[];
  /** What the server’s clock is ahead of this machine’s, milliseconds; null while that is not known. */
  clockOffsetMs(): number | null;
  readonly box: { readonly id: string; readonly name: string; readonly siteId: string; readonly timezone: string };
  /**
   * Hands something over for the server. Resolves to its id once it is on disk: from then on it arrives there, once and
   * in order of the calls, however long the way is closed and whatever is killed. Rejects with EDGE_DISK_FULL.
   */
  send(kind: string, payload: unknown, options?: EdgeSendOptions): Promise<string>;
  /** Path of a file that the desired state names, whole and with that hash; read only. Rejects with EDGE_BLOB_ABSENT. */
  blob(sha256: string): Promise<string>;
  /** Aborted when the part is to stop. */
  readonly signal: AbortSignal;
}

/** One place of a document that is not in effect, while all that does not depend on it is. */
export interface EdgeRefusal {
  /** Where it stands in the document; members of lists by their `id`. */
  readonly path: readonly string[];
  /** What is refused, e.g. the hash of a model: by this it is known to be the same as in an earlier revision. */
  readonly subject: string;
  readonly reason: Note;
}

/** What became of a document of which something was refused. */
export interface EdgeApplied {
  /** What is in effect. */
  readonly document: EdgeDocument;
  readonly refused: readonly EdgeRefusal[];
}

export interface RunningEdgePart {
  /**
   * Brings a document into effect: called after `start`, whenever it changes, and now and then while something of it is
   * refused. Resolves to what is in effect otherwise than wanted; undefined: nothing. When it rejects, nothing has changed, and
   * the agent reports why and applies the one before again.
   */
  apply(document: EdgeDocument): Promise<EdgeApplied | undefined>;
  /** Figures for the health report, e.g. `{ cameras: { gate: { fps: 9.8 } }, queue: 0 }`. Called every few seconds. */
  report(): Readonly<Record<string, unknown>>;
  /**
   * Answers a question of the server that somebody waits for, with JSON. Undefined, or left out: it does not know the question.
   * Rejects with a MillwrightError, which the asker is told.
   */
  asked?(what: string, input: unknown): Promise<unknown>;
  stop(): Promise<void>;
}

/** A module’s half on the box; door `./edge` of the module exports it as `edgePart`. */
export interface EdgePart {
  /** The module’s name; the same as on the server. */
  readonly name: string;
  /**
   * Fields of the document that belong to the box, `*` for every member of a list or object: `cameras.*.address`,
   * `cameras.*.paused`. Members of lists are named by their `id`. Overrides of other fields are refused.
   */
  readonly boxFields: readonly string[];
  start(context: EdgeContext): Promise<RunningEdgePart>;
}
