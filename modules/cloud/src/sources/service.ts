import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Events, newId, problemsOf, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { ConnectorState } from '../connectors/connector.ts';
import { connectorNotes } from '../connectors/connector-notes.ts';
import { connectorFor } from '../connectors/registry.ts';
import { cloudErrors } from '../errors.ts';
import { SourceRepository, type SourceRow } from './repository.ts';
import { type SourceState, sourceState } from './source-state.ts';

declare module '@millwright/kernel' {
  interface EventMap {
    /** A source was added, changed, enabled, disabled or removed. */
    'source-change': { readonly sourceId: string };
  }
}

/** Files bring readings when someone imports one; every other kind is a connector that runs by itself. */
export const fileKind = 'file';

export interface Source {
  readonly id: string;
  readonly siteId: string;
  readonly siteName: string;
  readonly timezone: string;
  readonly name: string;
  readonly kind: string;
  /** Settings of the connector; secrets are shown as `***`. */
  readonly config: Record<string, unknown>;
  readonly enabled: boolean;
  /** When it was connected, ISO 8601. */
  readonly createdAt: string;
  readonly state: SourceState;
}

const secretKeys = /password|secret|token/i;

/** Where facts come from: meters, PLCs, gateways, files. */
export class SourceService {
  #repository: SourceRepository;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #events: Events;
  /** Set by the runtime; a one-off command has none. */
  stateOf: (sourceId: string) => ConnectorState | undefined = () => undefined;

  constructor(parts: { db: Database; ledger: Ledger; clock: Clock; events: Events }) {
    this.#repository = new SourceRepository(parts.db);
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#events = parts.events;
  }

  async list(actor: Actor): Promise<Source[]> {
    requirePermission(actor, 'cloud.plant.read');
    return (await this.#repository.list(actor.siteIds)).map((row) => this.#toSource(row));
  }

  async source(actor: Actor, id: string): Promise<Source> {
    return this.#toSource(await this.row(actor, id));
  }

  /** With its secrets, for the runtime. */
  async row(actor: Actor, id: string): Promise<SourceRow> {
    const row = await this.#repository.byId(id);
    if (!row) throw cloudErrors.SOURCE_UNKNOWN({ source: id, known: [] });
    requirePermission(actor, 'cloud.plant.read', row.site_id);
    return row;
  }

  /** A source by name (or id), within a site when one is named. Throws SOURCE_UNKNOWN or SOURCE_AMBIGUOUS. */
  async byName(actor: Actor, name: string, siteId?: string): Promise<Source> {
    requirePermission(actor, 'cloud.plant.read');
    const found = (await this.#repository.byName(name)).filter(
      (row) => (siteId === undefined || row.site_id === siteId) && (actor.siteIds?.includes(row.site_id) ?? true),
    );
    if (found.length > 1)
      throw cloudErrors.SOURCE_AMBIGUOUS({ source: name, sites: found.map((row) => row.site_name) });
    if (!found[0]) {
      const known = (await this.#repository.list(actor.siteIds)).map((row) => row.name);
      throw cloudErrors.SOURCE_UNKNOWN({ source: name, known });
    }
    return this.#toSource(found[0]);
  }

  async find(actor: Actor, siteId: string, name: string): Promise<Source | undefined> {
    requirePermission(actor, 'cloud.plant.read', siteId);
    const row = (await this.#repository.byName(name)).find(({ site_id }) => site_id === siteId);
    return row && this.#toSource(row);
  }

  async create(
    actor: Actor,
    input: { siteId: string; name: string; kind: string; config?: Record<string, unknown>; enabled?: boolean },
  ): Promise<Source> {
    // Importing a file may bring its own file source; connecting a device needs more.
    requirePermission(actor, input.kind === fileKind ? 'cloud.data.import' : 'cloud.source.write', input.siteId);
    const row = {
      id: newId(),
      site_id: input.siteId,
      name: input.name,
      kind: input.kind,
      config: this.#checkConfig(input.kind, input.config ?? {}),
      enabled: input.enabled ?? true,
      created_at: this.#clock.now(),
    };
    const content = { name: row.name, kind: row.kind, config: shown(row.config) };
    await this.#write(actor, row, 'cloud.source-create', content, async () => {
      await this.#repository.insert(row);
      if (!row.enabled) await this.#repository.switched(row.id, false, row.created_at);
    });
    return this.source(actor, row.id);
  }

  async change(
    actor: Actor,
    id: string,
    change: { name?: string; config?: Record<string, unknown>; enabled?: boolean },
  ): Promise<Source> {
    const before = await this.row(actor, id);
    requirePermission(actor, 'cloud.source.write', before.site_id);
    const config = change.config
      ? this.#checkConfig(before.kind, keepSecrets(change.config, before.config))
      : before.config;
    const row = { ...before, name: change.name ?? before.name, config, enabled: change.enabled ?? before.enabled };
    const content = {
      before: { name: before.name, enabled: before.enabled, config: shown(before.config) },
      after: { name: row.name, enabled: row.enabled, config: shown(row.config) },
    };
    await this.#write(actor, row, 'cloud.source-change', content, async () => {
      await this.#repository.update(row);
      if (row.enabled !== before.enabled) await this.#repository.switched(id, row.enabled, this.#clock.now());
    });
    return this.source(actor, id);
  }

  /** When each of these sources was switched off, milliseconds since 1970; open where it still is. */
  async offStretches(actor: Actor, sourceIds: readonly string[]): Promise<Map<string, { from: number; to: number }[]>> {
    requirePermission(actor, 'cloud.plant.read');
    const rows = await this.#repository.offStretches(sourceIds);
    const of = ({ off_at, on_at }: (typeof rows)[number]) => ({
      from: off_at.getTime(),
      to: on_at?.getTime() ?? Number.POSITIVE_INFINITY,
    });
    return new Map(
      [...Map.groupBy(rows, ({ source_id }) => source_id)].map(([id, stretches]) => [id, stretches.map(of)]),
    );
  }

  /** Takes the source away; its readings and their history stay. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.row(actor, id);
    requirePermission(actor, 'cloud.source.write', row.site_id);
    const content = { name: row.name, kind: row.kind };
    const now = this.#clock.now();
    await this.#write(actor, row, 'cloud.source-remove', content, async () => {
      await this.#repository.remove(id, now);
      // Nothing is expected of it until it is brought back.
      if (row.enabled) await this.#repository.switched(id, false, now);
    });
  }

  /** Brings back a source that was removed, as it was then; one that ran connects again. */
  async restore(actor: Actor, id: string): Promise<Source> {
    const row = await this.#repository.removed(id);
    if (!row) throw cloudErrors.SOURCE_UNKNOWN({ source: id, known: [] });
    requirePermission(actor, 'cloud.source.write', row.site_id);
    const content = { name: row.name, kind: row.kind };
    await this.#write(actor, row, 'cloud.source-restore', content, async () => {
      await this.#repository.restore(id);
      if (row.enabled) await this.#repository.switched(id, true, this.#clock.now());
    });
    return this.source(actor, id);
  }

  async #write(
    actor: Actor,
    row: { id: string; site_id: string; name: string },
    type: string,
    content: object,
    work: () => Promise<void>,
  ) {
    try {
      await this.#db.transaction(async () => {
        await work();
        await this.#ledger.record(actor, { type, subject: row.id, siteId: row.site_id, content });
      });
    } catch (error) {
      if ((error as { code?: string }).code === '23505') throw cloudErrors.SOURCE_EXISTS({ name: row.name }, error);
      throw error;
    }
    await this.#db.afterCommit(async () => this.#events.emit('source-change', { sourceId: row.id }));
  }

  #checkConfig(kind: string, config: Record<string, unknown>): Record<string, unknown> {
    if (kind === fileKind) return config;
    const parsed = connectorFor(kind).configSchema.safeParse(config);
    if (parsed.success) return parsed.data as Record<string, unknown>;
    throw cloudErrors.SOURCE_CONFIG_INVALID({ kind, problems: problemsOf(parsed.error) });
  }

  #toSource(row: SourceRow): Source {
    const state =
      row.kind === fileKind
        ? { state: 'files' as const, message: '', note: null }
        : row.enabled
          ? sourceState(this.stateOf(row.id) ?? { state: 'offline', message: connectorNotes['not-running']() })
          : { state: 'disabled' as const, message: '', note: null };
    return {
      id: row.id,
      siteId: row.site_id,
      siteName: row.site_name,
      timezone: row.timezone,
      name: row.name,
      kind: row.kind,
      config: shown(row.config),
      enabled: row.enabled,
      createdAt: row.created_at.toISOString(),
      state,
    };
  }
}

/** Settings as they may be shown: what looks like a secret is covered, at any depth. */
function shown(config: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(config).map(([key, value]) => {
      if (secretKeys.test(key) && typeof value === 'string') return [key, '***'];
      const nested = typeof value === 'object' && value !== null && !Array.isArray(value);
      return [key, nested ? shown(value as Record<string, unknown>) : value];
    }),
  );
}

/** A form sends covered secrets back as it got them; then the stored ones stay. */
function keepSecrets(next: Record<string, unknown>, before: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(next).map(([key, value]) => {
      if (value === '***') return [key, before[key]];
      const old = before[key];
      const nested =
        typeof value === 'object' && value !== null && !Array.isArray(value) && typeof old === 'object' && old !== null;
      return [key, nested ? keepSecrets(value as Record<string, unknown>, old as Record<string, unknown>) : value];
    }),
  );
}
