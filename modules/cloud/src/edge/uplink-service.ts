import type { Database } from '@millwright/db';
import { type Clock, type Config, isMillwrightError, type Logger } from '@millwright/kernel';
import { and, eq, inArray, sql } from 'drizzle-orm';
import { storableJson } from '../delivery/storable-text.ts';
import { cloudEdgeAside, cloudEdgeBlob, cloudEdgeHole, cloudEdgeStream } from '../schema.ts';
import { actorOf } from './box-service.ts';
import type { EdgeBatch, EdgeMessage, EdgeReceipt } from './contract.ts';
import { factsOf } from './desired-service.ts';
import type { EdgeParts, ReceivedEdgeMessage } from './edge-parts.ts';
import { edgeErrors } from './errors.ts';
import type { BoxRow } from './repository.ts';

/** An unexpected failure is tried this often before the message is put aside, so that one cannot hold up all after it for ever. */
const mostTries = 5;

interface Step {
  applied: number;
  state: EdgeReceipt['state'];
  missing: string[];
}

/** Thrown out of the transaction to undo the batch; says at which message and why. */
class MessageFailed extends Error {
  readonly message_: EdgeMessage;
  override readonly cause: unknown;
  constructor(message: EdgeMessage, cause: unknown) {
    super(`message ${message.sequence} failed`);
    this.message_ = message;
    this.cause = cause;
  }
}

/**
 * Takes the messages of boxes: each sequence of a stream once and in order, in one transaction with its effect. Whatever
 * way they come by, and however often.
 */
export class UplinkService {
  #db: Database;
  #clock: Clock;
  #config: Config;
  #parts: EdgeParts;
  #logger: Logger;
  #turns = new Map<string, Promise<unknown>>();
  #tries = new Map<string, number>();

  constructor(parts: { db: Database; clock: Clock; config: Config; edgeParts: EdgeParts; logger: Logger }) {
    this.#db = parts.db;
    this.#clock = parts.clock;
    this.#config = parts.config;
    this.#parts = parts.edgeParts;
    this.#logger = parts.logger;
  }

  /** Resolves once what it says is committed. */
  async take(box: BoxRow, batch: EdgeBatch): Promise<EdgeReceipt> {
    const before = this.#turns.get(box.id);
    const mine = (async () => {
      await before?.catch(() => undefined); // Its caller was told.
      return this.#take(box, batch);
    })();
    this.#turns.set(box.id, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(box.id) === mine) this.#turns.delete(box.id);
    }
  }

  async #take(box: BoxRow, batch: EdgeBatch): Promise<EdgeReceipt> {
    const receipt = (step: Step): EdgeReceipt => ({ stream: batch.stream, ...step });
    let last = batch.messages.length;
    for (;;) {
      try {
        return receipt(await this.#apply(box, { ...batch, messages: batch.messages.slice(0, last) }));
      } catch (error) {
        if (!(error instanceof MessageFailed)) throw error;
        const at = batch.messages.indexOf(error.message_);
        if (at > 0) {
          // What stands before it is taken by itself; the next batch begins with the one that failed.
          last = at;
          continue;
        }
        return receipt(await this.#failed(box, batch, error));
      }
    }
  }

  async #apply(box: BoxRow, batch: EdgeBatch): Promise<Step> {
    return this.#db.transaction(async () => {
      const { stream } = batch;
      const receivedAt = this.#clock.now();
      const one = and(eq(cloudEdgeStream.box_id, box.id), eq(cloudEdgeStream.stream, stream));
      await this.#db.orm
        .insert(cloudEdgeStream)
        .values({ box_id: box.id, stream, at: receivedAt })
        .onConflictDoNothing();
      const [before] = await this.#db.orm.select().from(cloudEdgeStream).where(one).for('update');
      const step: Step = { applied: before!.applied, state: 'applied', missing: [] };
      const counts = { received: 0, duplicate: 0, late: 0 };
      // The box has less than is wanted: the server was brought back from a backup older than what it acknowledged.
      if (step.applied + 1 < batch.first) {
        await this.#hole(box, stream, { first: step.applied + 1, last: batch.first - 1, reason: 'forgotten' });
        step.applied = batch.first - 1;
      }
      const there = await this.#blobsOf(box, batch.messages);
      for (const message of batch.messages) {
        if (message.sequence <= step.applied) {
          counts.duplicate += 1;
          continue;
        }
        if (message.sequence > step.applied + 1) {
          step.state = 'gap';
          break;
        }
        const missing = message.blobs.map(({ sha256 }) => sha256).filter((hash) => !there.has(hash));
        if (missing.length > 0) {
          step.state = 'missing';
          step.missing = [...new Set(missing)];
          break;
        }
        if (message.lost) {
          const { sequence, part, kind, lost, time } = message;
          const place = { first: sequence, last: sequence, part, kind, time: new Date(time) };
          await this.#hole(box, stream, { ...place, reason: lost });
        } else {
          const received = this.#received(box, message, receivedAt.getTime());
          if (received.late) counts.late += 1;
          await this.#deliver(box, received).catch((error: unknown) => {
            throw new MessageFailed(message, error);
          });
        }
        counts.received += 1;
        step.applied = message.sequence;
      }
      await this.#db.orm
        .update(cloudEdgeStream)
        .set({
          ...{ applied: step.applied, at: receivedAt },
          received: sql`${cloudEdgeStream.received} + ${counts.received}`,
          duplicate: sql`${cloudEdgeStream.duplicate} + ${counts.duplicate}`,
          late: sql`${cloudEdgeStream.late} + ${counts.late}`,
        })
        .where(one);
      return step;
    });
  }

  /** Hands a message to its part, as the box it came from. */
  async #deliver(box: BoxRow, message: ReceivedEdgeMessage): Promise<void> {
    const part = this.#parts.get(message.part);
    if (!part) throw edgeErrors.EDGE_PART_UNKNOWN({ part: message.part });
    await part.receive(actorOf(box, [`${message.part}.*`]), message);
  }

  /** Gives a message that was put aside to its part once more; inside a transaction of the caller. */
  async again(box: BoxRow, message: EdgeMessage, arrivedAt: Date): Promise<void> {
    await this.#deliver(box, this.#received(box, message, arrivedAt.getTime()));
  }

  #received(box: BoxRow, message: EdgeMessage, receivedAt: number): ReceivedEdgeMessage {
    const { lost: _, ...rest } = message;
    const at = Math.min(message.at, receivedAt);
    const late = receivedAt - at > this.#config.lateAfterMinutes * 60_000;
    return { ...rest, at, box: factsOf(box), receivedAt, late };
  }

  /** The first message of a batch would not go in. */
  async #failed(box: BoxRow, batch: EdgeBatch, { message_: message, cause }: MessageFailed): Promise<Step> {
    const key = `${box.id} ${batch.stream} ${message.sequence}`;
    const coded = isMillwrightError(cause) ? cause : undefined;
    const tries = (this.#tries.get(key) ?? 0) + 1;
    const isAway = coded !== undefined && coded.status >= 500;
    if (isAway || (!coded && tries < mostTries)) {
      if (!isAway) this.#tries.set(key, tries);
      this.#logger.warn({ err: cause, box: box.name, sequence: message.sequence, tries }, 'edge message not taken yet');
      const { applied } = await this.#apply(box, { ...batch, messages: [] });
      return { applied, state: 'later', missing: [] };
    }
    this.#tries.delete(key);
    this.#logger.error({ err: cause, box: box.name, sequence: message.sequence }, 'edge message put aside');
    const at = this.#clock.now();
    return this.#db.transaction(async () => {
      const row = {
        ...{ id: message.id, box_id: box.id, part: message.part, kind: message.kind, at },
        message: JSON.parse(storableJson(message)) as EdgeMessage,
        code: coded?.code ?? 'INTERNAL',
        reason: cause instanceof Error ? cause.message.slice(0, 2000) : String(cause),
      };
      await this.#db.orm.insert(cloudEdgeAside).values(row).onConflictDoNothing();
      const one = and(eq(cloudEdgeStream.box_id, box.id), eq(cloudEdgeStream.stream, batch.stream));
      await this.#db.orm
        .update(cloudEdgeStream)
        .set({ applied: message.sequence, received: sql`${cloudEdgeStream.received} + 1`, at })
        .where(one);
      return { applied: message.sequence, state: 'applied' as const, missing: [] };
    });
  }

  async #hole(
    box: BoxRow,
    stream: string,
    hole: Pick<typeof cloudEdgeHole.$inferInsert, 'first' | 'last' | 'reason' | 'part' | 'kind' | 'time'>,
  ): Promise<void> {
    this.#logger.warn({ box: box.name, ...hole }, 'an edge box lost messages');
    await this.#db.orm
      .insert(cloudEdgeHole)
      .values({ box_id: box.id, stream, at: this.#clock.now(), ...hole })
      .onConflictDoNothing();
  }

  async #blobsOf(box: BoxRow, messages: readonly EdgeMessage[]): Promise<Set<string>> {
    const named = [...new Set(messages.flatMap(({ blobs }) => blobs.map(({ sha256 }) => sha256)))];
    if (named.length === 0) return new Set();
    const rows = await this.#db.orm
      .select({ sha256: cloudEdgeBlob.sha256 })
      .from(cloudEdgeBlob)
      .where(and(eq(cloudEdgeBlob.box_id, box.id), inArray(cloudEdgeBlob.sha256, named)));
    return new Set(rows.map(({ sha256 }) => sha256));
  }
}
