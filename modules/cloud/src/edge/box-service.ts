import { randomInt } from 'node:crypto';
import type { Database } from '@millwright/db';
import { secretHash } from '@millwright/http';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { BoxSignals } from './box-signals.ts';
import type { EdgeRefused, EdgeReport } from './contract.ts';
import { edgeErrors } from './errors.ts';
import { type BoxRow, EdgeRepository } from './repository.ts';

/** A box that has said nothing for this long is away: it asks at least every half minute. */
export const awayAfterMs = 90_000;
/** A contact is written down at most this often, so that a question does not become a write each time. */
const contactIntervalMs = 15_000;
const codeLifeMs = 24 * 3_600_000;
export const edgeTokenPrefix = 'mwe_';

export interface EdgeBox {
  readonly id: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly name: string;
  /** `invited`: its code has not been used yet. */
  readonly state: 'invited' | 'online' | 'away';
  readonly createdAt: string;
  readonly enrolledAt: string | null;
  readonly contactAt: string | null;
  /** What is changed for it waits for a rollout. */
  readonly held: boolean;
  readonly desiredRevision: number;
  /** The oldest revision that one of its parts has in effect; null before its first report. */
  readonly revision: number | null;
  readonly errors: { readonly part: string; readonly revision: number; readonly message: string }[];
  /** What it did not bring into effect of a revision that is in effect otherwise. */
  readonly refused: ({ readonly part: string } & EdgeRefused)[];
  /** Messages that no part would take. */
  readonly aside: number;
  readonly reportedAt: string | null;
  readonly report: Omit<EdgeReport, 'parts'> | null;
}

export interface Invitation {
  readonly box: EdgeBox;
  /** Shown once; worth one exchange. */
  readonly code: string;
  readonly expiresAt: string;
}

/** Which boxes there are, and how one comes in and goes. */
export class EdgeBoxService {
  readonly repository: EdgeRepository;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #signals: BoxSignals;
  #contacts = new Map<string, number>();

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock; signals: BoxSignals }) {
    this.repository = new EdgeRepository(parts.db);
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#signals = parts.signals;
  }

  async list(actor: Actor): Promise<EdgeBox[]> {
    requirePermission(actor, 'cloud.edge.read');
    return this.#shown(await this.repository.boxes(actor.siteIds));
  }

  async box(actor: Actor, id: string): Promise<EdgeBox> {
    return (await this.#shown([await this.row(actor, id)]))[0]!;
  }

  /** Throws EDGE_BOX_UNKNOWN, or an error when the actor may not `permission` on its site. */
  async row(actor: Actor, id: string, permission = 'cloud.edge.read'): Promise<BoxRow> {
    requirePermission(actor, permission);
    const row = await this.repository.box(id);
    if (!row) throw edgeErrors.EDGE_BOX_UNKNOWN({ box: id, known: [] });
    requirePermission(actor, permission, row.site_id);
    return row;
  }

  /** A new box, to come in with the code. */
  async create(actor: Actor, input: { siteId: string; name: string }): Promise<Invitation> {
    requirePermission(actor, 'cloud.edge.manage', input.siteId);
    const now = this.#clock.now();
    const { code, ...coded } = this.#newCode(now);
    const row = { id: newId(), site_id: input.siteId, name: input.name, created_at: now, ...coded };
    await this.#write(input.name, async () => {
      await this.repository.insertBox(row);
      const content = { name: input.name };
      await this.#ledger.record(actor, {
        ...{ type: 'cloud.edge-invite', subject: row.id, siteId: input.siteId, content },
      });
    });
    return { box: await this.box(actor, row.id), code, expiresAt: coded.code_expires_at.toISOString() };
  }

  /** Another code for a box that lost its disk, or never came. Its present token is good until the code is used. */
  async invite(actor: Actor, id: string): Promise<Invitation> {
    const row = await this.row(actor, id, 'cloud.edge.manage');
    const { code, ...coded } = this.#newCode(this.#clock.now());
    await this.#db.transaction(async () => {
      await this.repository.updateBox(id, coded);
      const content = { name: row.name };
      await this.#ledger.record(actor, { type: 'cloud.edge-invite', subject: id, siteId: row.site_id, content });
    });
    return { box: await this.box(actor, id), code, expiresAt: coded.code_expires_at.toISOString() };
  }

  /**
   * Exchanges a code for a token of the box’s own making, of which it sends the hash: the answer may get lost on the way,
   * and the same exchange is granted again. Throws EDGE_CODE_INVALID.
   */
  async enrol(input: { code: string; tokenHash: string }): Promise<{ id: string; name: string; siteId: string }> {
    const now = this.#clock.now();
    const row = await this.#db.transaction(async () => {
      const found = await this.repository.boxByCode(secretHash(input.code.trim().toLowerCase()));
      const box = found && (await this.repository.box(found.id));
      if (!box) throw edgeErrors.EDGE_CODE_INVALID({ reason: 'unknown' });
      if (!box.code_expires_at) {
        if (box.secret_hash === input.tokenHash) return box;
        throw edgeErrors.EDGE_CODE_INVALID({ reason: 'used' });
      }
      if (box.code_expires_at <= now) throw edgeErrors.EDGE_CODE_INVALID({ reason: 'expired' });
      await this.repository.updateBox(box.id, {
        ...{ secret_hash: input.tokenHash, code_expires_at: null, enrolled_at: now, contact_at: now },
      });
      await this.#ledger.record(actorOf(box), {
        ...{ type: 'cloud.edge-enrol', subject: box.id, siteId: box.site_id, content: { name: box.name } },
      });
      return box;
    });
    // Whoever came in with the token before is out now.
    if (row.secret_hash !== input.tokenHash) this.#signals.withdraw(row.id);
    return { id: row.id, name: row.name, siteId: row.site_id };
  }

  async change(actor: Actor, id: string, change: { name?: string; held?: boolean }): Promise<EdgeBox> {
    const before = await this.row(actor, id, 'cloud.edge.manage');
    const after = { name: change.name ?? before.name, held: change.held ?? before.held };
    await this.#write(after.name, async () => {
      await this.repository.updateBox(id, after);
      const content = { before: { name: before.name, held: before.held }, after };
      await this.#ledger.record(actor, { type: 'cloud.edge-change', subject: id, siteId: before.site_id, content });
    });
    this.#signals.wake([id]);
    return this.box(actor, id);
  }

  /** Ends its rights at once. What it has sent stays. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.row(actor, id, 'cloud.edge.manage');
    await this.#db.transaction(async () => {
      await this.repository.updateBox(id, { removed_at: this.#clock.now(), secret_hash: null, code_hash: null });
      const content = { name: row.name };
      await this.#ledger.record(actor, { type: 'cloud.edge-remove', subject: id, siteId: row.site_id, content });
    });
    this.#signals.withdraw(id);
  }

  async actorOfToken(secret: string): Promise<Actor | undefined> {
    const row = await this.repository.boxBySecret(secretHash(secret));
    return row && actorOf(row);
  }

  /** The box that calls. Throws EDGE_NOT_A_BOX for anybody else, TOKEN_INVALID’s like for one that was removed. */
  async caller(actor: Actor): Promise<BoxRow> {
    if (actor.kind !== 'edge') throw edgeErrors.EDGE_NOT_A_BOX({ actor: actor.name });
    const row = await this.row(actor, actor.id, 'cloud.edge.connect');
    await this.#contact(row);
    return row;
  }

  async #contact(row: BoxRow): Promise<void> {
    const now = this.#clock.now();
    if (now.getTime() - (this.#contacts.get(row.id) ?? 0) < contactIntervalMs) return;
    this.#contacts.set(row.id, now.getTime());
    await this.repository.updateBox(row.id, { contact_at: now });
  }

  #newCode(now: Date) {
    const code = enrolmentCode();
    return { code, code_hash: secretHash(code), code_expires_at: new Date(now.getTime() + codeLifeMs) };
  }

  async #write(name: string, work: () => Promise<void>): Promise<void> {
    try {
      await this.#db.transaction(work);
    } catch (error) {
      if ((error as { code?: string }).code === '23505') throw edgeErrors.EDGE_BOX_EXISTS({ name }, error);
      throw error;
    }
  }

  async #shown(rows: readonly BoxRow[]): Promise<EdgeBox[]> {
    const reported = Map.groupBy(await this.repository.reported(rows.map(({ id }) => id)), ({ box_id }) => box_id);
    const asides = await this.repository.asideCounts();
    const now = this.#clock.now().getTime();
    return rows.map((row) => {
      const parts = reported.get(row.id) ?? [];
      const { parts: _, ...report } = row.report ?? { parts: {} };
      return {
        id: row.id,
        siteId: row.site_id,
        siteName: row.site_name,
        name: row.name,
        state: !row.enrolled_at ? 'invited' : now - (row.contact_at?.getTime() ?? 0) < awayAfterMs ? 'online' : 'away',
        createdAt: row.created_at.toISOString(),
        enrolledAt: row.enrolled_at?.toISOString() ?? null,
        contactAt: row.contact_at?.toISOString() ?? null,
        held: row.held,
        desiredRevision: row.desired_revision,
        revision: parts.length > 0 ? Math.min(...parts.map(({ revision }) => revision)) : null,
        errors: parts.flatMap(({ part, error }) => (error ? [{ part, ...error }] : [])),
        refused: parts.flatMap(({ part, refused }) => refused.map((one) => ({ part, ...one }))),
        aside: asides.get(row.id) ?? 0,
        reportedAt: row.reported_at?.toISOString() ?? null,
        report: row.report ? (report as Omit<EdgeReport, 'parts'>) : null,
      };
    });
  }
}

/** A box acts for its site and, by its scope, on the routes of boxes only. */
export function actorOf(box: { id: string; name: string; site_id: string }, scopes: readonly string[] = []): Actor {
  return {
    ...{ kind: 'edge', id: box.id, name: box.name, role: 'operator', siteIds: [box.site_id] },
    scopes: ['cloud.edge.connect', ...scopes],
  };
}

/** To be read aloud and typed: no look-alike letters. 20 of 31 letters, 99 bits. */
function enrolmentCode(): string {
  const alphabet = 'abcdefghjkmnpqrstuvwxyz23456789';
  const letters = Array.from({ length: 20 }, () => alphabet[randomInt(alphabet.length)]).join('');
  return ['mwc', ...letters.match(/.{4}/g)!].join('-');
}
