import type { Database, Queryable } from '@millwright/db';
import { type Actor, type Clock, definePermissions, newId, requirePermission } from '@millwright/kernel';
import { canonicalJson } from './canonical-json.ts';
import { entryHash, genesisHash, walkChain } from './chain.ts';
import { differences } from './differences.ts';
import { ledgerErrors } from './errors.ts';
import type {
  EvidenceMethod,
  FindingContent,
  InputChange,
  InputKind,
  InputReference,
  PinnedInput,
  VerifyResult,
} from './evidence.ts';
import { ledgerNotes, told } from './notes.ts';
import type { EntryRow } from './schema.ts';

definePermissions({
  'ledger.entry.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'ledger.chain.verify': ['engineer', 'auditor'],
});

export interface LedgerEntry {
  readonly sequence: number;
  readonly id: string;
  readonly kind: 'finding' | 'action';
  readonly type: string;
  readonly subject: string | null;
  readonly siteId: string | null;
  readonly actor: { readonly id: string; readonly name: string };
  readonly at: string;
  readonly content: unknown;
  readonly previousHash: string;
  readonly hash: string;
}

export interface EntryFilter {
  kind?: 'finding' | 'action';
  type?: string;
  subject?: string;
  actorId?: string;
  /** Words looked for in type, actor and content. */
  search?: string;
  /** Entries before this sequence, newest first. */
  before?: number;
  limit?: number;
}

interface AppendOptions {
  kind: 'finding' | 'action';
  type: string;
  subject?: string;
  siteId?: string;
  content: unknown;
}

export interface ConcludeOptions {
  method: string;
  parameters: unknown;
  inputs: readonly InputReference[];
  subject?: string;
  siteId?: string;
  /** The method's result, when the caller has run it on the way (a file read while it was stored); `verify` runs it anew. */
  output?: unknown;
}

const columns = 'sequence, id, kind, type, subject, site_id, actor_id, actor_name, at, content, previous_hash, hash';

/** The one ledger: records findings with evidence that can be run again, and the actions of people. */
export class Ledger {
  #db: Database;
  #clock: Clock;
  #methods = new Map<string, EvidenceMethod>();
  #current = new Map<string, EvidenceMethod>();
  #inputs = new Map<string, InputKind>();

  constructor(db: Database, clock: Clock) {
    this.#db = db;
    this.#clock = clock;
  }

  /** The version registered last is the one new findings are made with; older ones stay for verification. */
  registerMethod(method: EvidenceMethod): void {
    this.#methods.set(`${method.id}@${method.version}`, method);
    this.#current.set(method.id, method);
  }

  registerInput(kind: InputKind): void {
    this.#inputs.set(kind.kind, kind);
  }

  methods(): readonly EvidenceMethod[] {
    return [...this.#methods.values()];
  }

  /** Records what someone did. Call it inside the transaction that does it, so that neither exists without the other. */
  async record(actor: Actor, action: Omit<AppendOptions, 'kind'>): Promise<LedgerEntry> {
    return this.#append(actor, { ...action, kind: 'action' });
  }

  /**
   * Runs a registered method on inputs that are pinned first, and records the result as a finding. The output must be
   * plain JSON. Returns it with the id under which `verify` can prove it.
   */
  async conclude<T>(actor: Actor, options: ConcludeOptions): Promise<{ id: string; output: T }> {
    const method = this.#current.get(options.method);
    if (!method) throw ledgerErrors.LEDGER_METHOD_UNKNOWN({ method: options.method, known: [...this.#current.keys()] });
    const inputs: PinnedInput[] = [];
    for (const input of options.inputs)
      inputs.push({ ...input, ...(await this.#input(input.kind).pin(input.reference)) });
    const output = options.output ?? (await method.run(options.parameters, options.inputs));
    const content: FindingContent = {
      method: { id: method.id, version: method.version },
      parameters: options.parameters,
      inputs,
      output,
    };
    const entry = await this.#append(actor, {
      kind: 'finding',
      type: method.id,
      subject: options.subject,
      siteId: options.siteId,
      content,
    });
    return { id: entry.id, output: output as T };
  }

  async head(actor: Actor): Promise<{ sequence: number; hash: string }> {
    requirePermission(actor, 'ledger.entry.read');
    return this.#head(this.#db);
  }

  async entry(actor: Actor, id: string): Promise<LedgerEntry> {
    requirePermission(actor, 'ledger.entry.read');
    const { rows } = await this.#db.query<EntryRow>(`select ${columns} from ledger_entry where id = $1`, [id]);
    if (!rows[0]) throw ledgerErrors.LEDGER_ENTRY_UNKNOWN({ id });
    const entry = toEntry(rows[0]);
    requirePermission(actor, 'ledger.entry.read', entry.siteId ?? undefined);
    return entry;
  }

  async list(actor: Actor, filter: EntryFilter): Promise<LedgerEntry[]> {
    requirePermission(actor, 'ledger.entry.read');
    const { rows } = await this.#db.query<EntryRow>(
      `select ${columns} from ledger_entry
       where ($1::text is null or kind = $1) and ($2::text is null or type = $2) and ($3::text is null or subject = $3)
         and ($4::text is null or actor_id = $4) and ($5::bigint is null or sequence < $5)
         and ($6::text is null or type ilike $6 or actor_name ilike $6 or content ilike $6
              or id::text ilike $6 or subject ilike $6)
         and ($7::uuid[] is null or site_id is null or site_id = any($7))
       order by sequence desc limit $8`,
      [
        filter.kind ?? null,
        filter.type ?? null,
        filter.subject ?? null,
        filter.actorId ?? null,
        filter.before ?? null,
        filter.search ? `%${filter.search.replaceAll(/[%_\\]/g, '\\$&')}%` : null,
        actor.siteIds ?? null,
        Math.min(filter.limit ?? 50, 500),
      ],
    );
    return rows.map(toEntry);
  }

  /** Re-runs one finding on its inputs as they are now. */
  async verify(actor: Actor, id: string): Promise<VerifyResult> {
    const entry = await this.entry(actor, id);
    if (entry.kind !== 'finding') throw ledgerErrors.LEDGER_NOT_A_FINDING({ id, type: entry.type });
    const content = entry.content as FindingContent;
    const result = { id, method: content.method, checked: content.inputs.length };
    const { rows } = await this.#db.query<EntryRow>(`select ${columns} from ledger_entry where id = $1`, [id]);
    if (entryHash(rows[0]!) !== entry.hash) {
      return {
        ...result,
        status: 'differs',
        problems: [
          {
            ...{ sequence: entry.sequence, id, problem: 'altered' },
            ...told(ledgerNotes.altered({ entry: String(entry.sequence) })),
          },
        ],
      };
    }
    const method = this.#methods.get(`${content.method.id}@${content.method.version}`);
    // A module that was taken out takes its methods and its kinds of input with it.
    if (!method || content.inputs.some(({ kind }) => !this.#inputs.has(kind)))
      return { ...result, status: 'method gone' };
    const changes = await this.#changes(content.inputs);
    if (changes.length > 0) return { ...result, status: 'inputs changed', changes };
    // Through text, so that what the database kept and what the method returns are compared as the same JSON.
    const now = JSON.parse(canonicalJson(await method.run(content.parameters, content.inputs))) as unknown;
    const found = differences(content.output, now);
    return found.length > 0 ? { ...result, status: 'differs', differences: found } : { ...result, status: 'proved' };
  }

  /** Walks the whole chain. `anchor` is a head kept elsewhere earlier: the chain must still pass through it. */
  async verifyChain(actor: Actor, anchor?: { sequence: number; hash: string }): Promise<VerifyResult> {
    requirePermission(actor, 'ledger.chain.verify');
    const page = async (after: number) =>
      (
        await this.#db.query<EntryRow>(
          `select ${columns} from ledger_entry where sequence > $1 order by sequence limit 2000`,
          [after],
        )
      ).rows;
    const { checked, head, problems } = await walkChain(page, () => this.#head(this.#db), anchor);
    return { status: problems.length > 0 ? 'differs' : 'proved', checked, problems, head };
  }

  async #changes(inputs: readonly PinnedInput[]): Promise<InputChange[]> {
    const changes: InputChange[] = [];
    for (const input of inputs) {
      const kind = this.#input(input.kind);
      const place = { kind: input.kind, reference: input.reference };
      try {
        const now = await kind.pin(input.reference);
        if (now.sha256 === input.sha256) continue;
        const other = { note: ledgerNotes['input-changed']({ kind: { term: `input.${input.kind}` } }), places: [] };
        const { note, places } = (await kind.locate?.(input, now)) ?? other;
        changes.push({ ...place, ...told(note), places });
      } catch (error) {
        const note = ledgerNotes['input-gone']({ reason: (error as Error).message });
        changes.push({ ...place, ...told(note), places: [] });
      }
    }
    return changes;
  }

  #input(kind: string): InputKind {
    const found = this.#inputs.get(kind);
    if (!found) throw ledgerErrors.LEDGER_INPUT_UNKNOWN({ kind, known: [...this.#inputs.keys()] });
    return found;
  }

  async #head(on: Queryable): Promise<{ sequence: number; hash: string }> {
    const { rows } = await on.query<{ sequence: number; hash: string }>('select sequence, hash from ledger_head');
    return rows[0] ?? { sequence: 0, hash: genesisHash };
  }

  async #append(actor: Actor, options: AppendOptions): Promise<LedgerEntry> {
    return this.#db.transaction(async (transaction) => {
      const head = (
        await transaction.query<{ sequence: number; hash: string }>('select sequence, hash from ledger_head for update')
      ).rows[0];
      if (!head) throw ledgerErrors.LEDGER_HEAD_MISSING({});
      const row: EntryRow = {
        sequence: head.sequence + 1,
        id: newId(),
        kind: options.kind,
        type: options.type,
        subject: options.subject ?? null,
        site_id: options.siteId ?? null,
        actor_id: actor.id,
        actor_name: actor.name,
        at: this.#clock.now(),
        content: canonicalJson(options.content),
        previous_hash: head.hash,
        hash: '',
      };
      row.hash = entryHash(row);
      await transaction.query(
        `insert into ledger_entry (${columns}) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
        [
          row.sequence,
          row.id,
          row.kind,
          row.type,
          row.subject,
          row.site_id,
          row.actor_id,
          row.actor_name,
          row.at,
          row.content,
          row.previous_hash,
          row.hash,
        ],
      );
      await transaction.query('update ledger_head set sequence = $1, hash = $2', [row.sequence, row.hash]);
      return toEntry(row);
    });
  }
}

function toEntry(row: EntryRow): LedgerEntry {
  return {
    sequence: row.sequence,
    id: row.id,
    kind: row.kind,
    type: row.type,
    subject: row.subject,
    siteId: row.site_id,
    actor: { id: row.actor_id, name: row.actor_name },
    at: row.at.toISOString(),
    content: JSON.parse(row.content),
    previousHash: row.previous_hash,
    hash: row.hash,
  };
}
