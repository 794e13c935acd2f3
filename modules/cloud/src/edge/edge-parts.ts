import type { Actor } from '@millwright/kernel';
import type { EdgeBlob, EdgeMessage, EdgePartReport } from './contract.ts';
import type { EdgeDocument } from './edge-part.ts';

/** The box that something is about. */
export interface EdgeBoxFacts {
  readonly id: string;
  readonly name: string;
  readonly siteId: string;
}

/** A message with what the server knows of its arrival. */
export interface ReceivedEdgeMessage extends Omit<EdgeMessage, 'lost'> {
  readonly box: EdgeBoxFacts;
  /** Milliseconds since 1970 by the server’s clock. `at` is never after it. */
  readonly receivedAt: number;
  /** It came more than `lateAfterMinutes` after it happened: it belongs to a time that has been looked at already. */
  readonly late: boolean;
}

/** A module’s half on the server of what runs on boxes. */
export interface EdgePartServer {
  /** The module’s name; the same as on the box. */
  readonly name: string;
  /** As the box’s half says it: fields of the document that the box may override. */
  readonly boxFields: readonly string[];
  /**
   * What a box is to do now. Must be the same JSON as long as nothing was changed. `idle`: nothing, so that the part does not
   * even run there.
   */
  desired(
    box: EdgeBoxFacts,
  ): Promise<{ readonly document: EdgeDocument; readonly blobs: readonly EdgeBlob[]; readonly idle?: boolean }>;
  /**
   * Takes one message. Called once for each, in order, inside the transaction that remembers that it was taken: what is
   * written through `host.db` is committed with it or not at all. Its files are in `host.blobs`. A coded error below 500
   * puts the message aside for a person to look at; anything else lets the box send it again later.
   */
  receive(actor: Actor, message: ReceivedEdgeMessage): Promise<void>;
  /** Told of every report of the box, outside of a transaction. */
  onReported?(box: EdgeBoxFacts, report: EdgePartReport): Promise<void>;
}

/** Which modules have a half on boxes. A module registers its own in `start`. */
export class EdgeParts {
  #parts = new Map<string, EdgePartServer>();
  #listeners: ((boxIds: readonly string[] | undefined) => void)[] = [];

  register(part: EdgePartServer): void {
    this.#parts.set(part.name, part);
  }

  get(name: string): EdgePartServer | undefined {
    return this.#parts.get(name);
  }

  all(): readonly EdgePartServer[] {
    return [...this.#parts.values()];
  }

  /** To be called after something was changed that `desired` depends on; left out, for every box. */
  changed(boxIds?: readonly string[]): void {
    for (const listener of this.#listeners) listener(boxIds);
  }

  onChange(listener: (boxIds: readonly string[] | undefined) => void): void {
    this.#listeners.push(listener);
  }
}
