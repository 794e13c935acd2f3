import type { Database } from '@millwright/db';
import type { Actor, Clock } from '@millwright/kernel';
import { hashOf, type Ledger } from '@millwright/ledger';
import type { EdgeDesiredRow } from '../schema.ts';
import type { EdgeBoxService } from './box-service.ts';
import type { BoxSignals } from './box-signals.ts';
import type { EdgeDesired, EdgeRefused } from './contract.ts';
import { type FieldDifference, fieldDifferences } from './document-fields.ts';
import type { EdgeBoxFacts, EdgeParts } from './edge-parts.ts';
import { edgeErrors } from './errors.ts';
import type { BoxRow, EdgeRepository } from './repository.ts';

/** Parts say when something changed; asking them now and then covers one that forgot to. */
const askAgainMs = 60_000;

type Parts = EdgeDesired['parts'];
type Reason = Pick<EdgeDesiredRow, 'reason' | 'rollout_id'>;

export interface PartComparison {
  readonly part: string;
  /** What the server wants, null where the part has no half on this server any more. */
  readonly desired: Record<string, unknown> | null;
  /** What is in effect; null before it was reported. */
  readonly reported: Record<string, unknown> | null;
  readonly revision: number;
  readonly since: string | null;
  readonly error: { readonly revision: number; readonly message: string } | null;
  /** What of the revision in effect the box refused, while all else is as desired. */
  readonly refused: EdgeRefused[];
  readonly figures: Record<string, unknown>;
  readonly differences: readonly FieldDifference[];
}

/** What each box is to do: asked of the parts, kept as revisions, compared with what it reports. */
export class DesiredService {
  #boxes: EdgeBoxService;
  #repository: EdgeRepository;
  #parts: EdgeParts;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #signals: BoxSignals;
  #fresh = new Map<string, number>();
  #turns = new Map<string, Promise<unknown>>();

  constructor(parts: {
    boxes: EdgeBoxService;
    edgeParts: EdgeParts;
    db: Database;
    ledger: Ledger;
    clock: Clock;
    signals: BoxSignals;
  }) {
    this.#boxes = parts.boxes;
    this.#repository = parts.boxes.repository;
    this.#parts = parts.edgeParts;
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#signals = parts.signals;
    parts.edgeParts.onChange((boxIds) => {
      if (boxIds) for (const id of boxIds) this.#fresh.delete(id);
      else this.#fresh.clear();
      this.#signals.wake(boxIds);
    });
  }

  /** What the parts would have the box do now. */
  async candidate(box: EdgeBoxFacts): Promise<{ parts: Parts; hash: string }> {
    const parts: Parts = {};
    for (const part of this.#parts.all()) {
      const { document, blobs, idle } = await part.desired(box);
      if (!idle) parts[part.name] = { document: { ...document }, blobs: [...blobs] };
    }
    return { parts, hash: hashOf(parts) };
  }

  /** The desired state as it stands, after what was changed since has been taken in, unless the box is held back. */
  async current(boxId: string): Promise<EdgeDesiredRow | undefined> {
    return this.#inTurn(boxId, async () => {
      const row = await this.#repository.box(boxId);
      if (!row) return undefined;
      const asked = this.#fresh.get(boxId);
      const now = this.#clock.now().getTime();
      // The first state comes at once also to one that is held back: it has nothing to keep.
      const settled = row.held && row.desired_revision > 0;
      if (settled || (asked !== undefined && now - asked < askAgainMs))
        return this.#repository.desired(boxId, row.desired_revision);
      this.#fresh.set(boxId, now);
      const { parts, hash } = await this.candidate(factsOf(row));
      const before = await this.#repository.desired(boxId, row.desired_revision);
      if (before?.hash === hash) return before;
      return this.#store(fleetActor, row, parts, hash, { reason: 'change', rollout_id: null });
    });
  }

  /** Whether something was changed that waits for a rollout. */
  async waits(row: BoxRow): Promise<boolean> {
    if (!row.held) return false;
    const { hash } = await this.candidate(factsOf(row));
    return hash !== (await this.#repository.desired(row.id, row.desired_revision))?.hash;
  }

  /** Takes in what waits, as a step of a rollout. Undefined when nothing does. */
  async release(actor: Actor, boxId: string, rolloutId: string): Promise<EdgeDesiredRow | undefined> {
    return this.#inTurn(boxId, async () => {
      const row = await this.#boxes.row(actor, boxId, 'cloud.edge.manage');
      const { parts, hash } = await this.candidate(factsOf(row));
      if (hash === (await this.#repository.desired(boxId, row.desired_revision))?.hash) return undefined;
      return this.#store(actor, row, parts, hash, { reason: 'rollout', rollout_id: rolloutId });
    });
  }

  /** Brings an earlier state back, as a new revision, and holds the box there. Throws EDGE_REVISION_UNKNOWN. */
  async rollBack(
    actor: Actor,
    boxId: string,
    revision: number,
    rolloutId: string | null = null,
  ): Promise<EdgeDesiredRow> {
    return this.#inTurn(boxId, async () => {
      const row = await this.#boxes.row(actor, boxId, 'cloud.edge.manage');
      const earlier = await this.#repository.desired(boxId, revision);
      if (!earlier) throw edgeErrors.EDGE_REVISION_UNKNOWN({ revision, box: row.name });
      return this.#db.transaction(async () => {
        // Else what was just taken back would come again by itself.
        await this.#repository.updateBox(boxId, { held: true });
        const why: Reason = { reason: 'rollback', rollout_id: rolloutId };
        return this.#store(actor, row, earlier.parts, earlier.hash, why, revision);
      });
    });
  }

  /** Desired and reported side by side, with who holds what differs. Takes nothing in: that is for `current`. */
  async compare(row: BoxRow): Promise<{ desired: EdgeDesiredRow | undefined; parts: PartComparison[] }> {
    const desired = await this.#repository.desired(row.id, row.desired_revision);
    const reported = new Map((await this.#repository.reported([row.id])).map((row) => [row.part, row]));
    const names = [...new Set([...Object.keys(desired?.parts ?? {}), ...reported.keys()])].sort();
    const parts = names.map((part): PartComparison => {
      const wanted = desired?.parts[part]?.document ?? null;
      const there = reported.get(part);
      const boxFields = this.#parts.get(part)?.boxFields ?? [];
      return {
        ...{ part, desired: wanted, reported: there?.document ?? null, revision: there?.revision ?? 0 },
        since: there?.since?.toISOString() ?? null,
        error: there?.error ?? null,
        refused: there?.refused ?? [],
        figures: there?.figures ?? {},
        differences: wanted && there?.document ? fieldDifferences(wanted, there.document, boxFields) : [],
      };
    });
    return { desired, parts };
  }

  async #store(
    actor: Actor,
    row: BoxRow,
    parts: Parts,
    hash: string,
    why: Reason,
    again?: number,
  ): Promise<EdgeDesiredRow> {
    const desired: EdgeDesiredRow = {
      ...{ box_id: row.id, revision: row.desired_revision + 1, parts, hash, ...why },
      ...{ actor_name: actor.name, at: this.#clock.now() },
    };
    await this.#db.transaction(async () => {
      await this.#repository.insertDesired(desired);
      const content = {
        ...{ name: row.name, revision: desired.revision, hash, reason: why.reason, rolloutId: why.rollout_id },
        ...(again !== undefined && { again }),
      };
      await this.#ledger.record(actor, { type: 'cloud.edge-desire', subject: row.id, siteId: row.site_id, content });
    });
    this.#signals.wake([row.id]);
    return desired;
  }

  /** Two questions at once must not make two revisions of one change. */
  async #inTurn<T>(boxId: string, work: () => Promise<T>): Promise<T> {
    const before = this.#turns.get(boxId);
    const mine = (async () => {
      await before?.catch(() => undefined); // Its caller was told.
      return work();
    })();
    this.#turns.set(boxId, mine);
    try {
      return await mine;
    } finally {
      if (this.#turns.get(boxId) === mine) this.#turns.delete(boxId);
    }
  }
}

/** Who takes in what a module changed; who changed it is in the module’s own action. */
const fleetActor: Actor = { kind: 'job', id: 'edge-fleet', name: 'edge fleet', role: 'engineer' };

export const factsOf = (row: BoxRow): EdgeBoxFacts => ({ id: row.id, name: row.name, siteId: row.site_id });
