import { readFile } from 'node:fs/promises';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger, sha256 } from '@millwright/ledger';
import { energyErrors } from '../errors.ts';
import type { AssignmentRow, TariffRow } from '../schema.ts';
import { parseTariff, type Tariff } from '../tariff/tariff.ts';
import type { TariffRepository } from './repository.ts';
import type { Assignment, AssignmentInput, StoredTariff } from './schemas.ts';

const exampleFiles = ['example-cn-industrial.json', 'example-de-industrial.json'];

/** A tariff that holds for a site or source from a local date on. */
export interface AssignedTariff {
  /** Null: from the beginning. */
  readonly validFrom: string | null;
  readonly tariff: Tariff;
  readonly transformerCapacitykVA: number | null;
}

interface TariffParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly repository: TariffRepository;
}

/** Tariffs in the database: every version for good, each change in the ledger; and which of them a site is billed by. */
export class TariffService {
  #parts: TariffParts;
  #repository: TariffRepository;

  constructor(parts: TariffParts) {
    this.#parts = parts;
    this.#repository = parts.repository;
  }

  /** All versions, by id, oldest first. Throws ENERGY_TARIFF_ALTERED when someone changed a row by hand. */
  async list(actor: Actor): Promise<StoredTariff[]> {
    requirePermission(actor, 'energy.tariff.read');
    const rows = await this.#repository.tariffs();
    return rows.map((row) => stored(row, rows));
  }

  /** The files that the product brings, to start from. Their prices are made up. */
  async examples(actor: Actor): Promise<{ file: string; content: Tariff }[]> {
    requirePermission(actor, 'energy.tariff.read');
    return Promise.all(
      exampleFiles.map(async (file) => {
        const text = await readFile(new URL(`../../tariffs/${file}`, import.meta.url), 'utf8');
        return { file, content: parseTariff(JSON.parse(text)) };
      }),
    );
  }

  /** Adds a version; the same content again changes nothing. Throws ENERGY_TARIFF_INVALID or ENERGY_TARIFF_VERSION_TAKEN. */
  async add(actor: Actor, content: unknown): Promise<StoredTariff> {
    requirePermission(actor, 'energy.tariff.write');
    const tariff = parseTariff(content);
    const text = canonicalJson(tariff);
    const { db, ledger, clock } = this.#parts;
    return db.transaction(async () => {
      const versions = await this.#repository.tariffs(tariff.id);
      const known = versions.find(({ version }) => version === tariff.version);
      if (known?.content === text) return stored(known, versions);
      const taken = energyErrors.ENERGY_TARIFF_VERSION_TAKEN({ tariff: tariff.id, version: tariff.version });
      if (known) throw taken;
      const row: TariffRow = {
        id: tariff.id,
        version: tariff.version,
        sequence: (versions.at(-1)?.sequence ?? 0) + 1,
        name: tariff.name,
        content: text,
        sha256: sha256(text),
        created_at: clock.now(),
        actor_id: actor.id,
        actor_name: actor.name,
      };
      if (!(await this.#repository.insertTariff(row))) throw taken;
      await ledger.record(actor, {
        type: 'energy.tariff-add',
        subject: keyOf(row),
        content: { id: row.id, version: row.version, name: row.name, sha256: row.sha256 },
      });
      return stored(row, [...versions, row]);
    });
  }

  /** A tariff by `id` (its newest version) or `id@version`. Throws ENERGY_TARIFF_UNKNOWN. */
  async tariff(actor: Actor, reference: string): Promise<Tariff> {
    requirePermission(actor, 'energy.tariff.read');
    return contentOf(await this.#row(reference));
  }

  async assignments(actor: Actor): Promise<Assignment[]> {
    requirePermission(actor, 'energy.tariff.read');
    const rows = await this.#repository.assignments(actor.siteIds);
    const [nodes, sources, tariffs] = await Promise.all([
      this.#parts.cloud.plant.tree(actor),
      this.#parts.cloud.sources.list(actor),
      this.#repository.tariffs(),
    ]);
    const nameOf = (list: readonly { id: string; name: string }[], id: string) => ({
      id,
      name: list.find((one) => one.id === id)?.name ?? id,
    });
    return rows.map((row) => ({
      id: row.id,
      site: nameOf(nodes, row.site_id),
      source: row.source_id === null ? null : nameOf(sources, row.source_id),
      tariff: {
        ...{ id: row.tariff_id, version: row.tariff_version },
        name: tariffs.find(({ id, version }) => id === row.tariff_id && version === row.tariff_version)!.name,
      },
      validFrom: row.valid_from,
      transformerCapacitykVA: row.transformer_kva,
      assignedAt: row.created_at.toISOString(),
      assignedBy: row.actor_name,
    }));
  }

  /** Lets a site, or one source of it, be billed by a tariff (`id` or `id@version`) from a local date on. */
  async assign(actor: Actor, reference: string, input: AssignmentInput): Promise<Assignment> {
    requirePermission(actor, 'energy.tariff.write');
    const { plant, sources } = this.#parts.cloud;
    const source = input.sourceId === undefined ? null : await sources.source(actor, input.sourceId);
    const wanted = input.siteId ?? input.site ?? source?.siteId;
    if (wanted === undefined) throw energyErrors.ENERGY_PART_NOT_SAID({});
    const site = await plant.site(actor, wanted);
    requirePermission(actor, 'energy.tariff.write', site.id);
    if (source && source.siteId !== site.id)
      throw energyErrors.ENERGY_POINT_ELSEWHERE({ point: source.name, site: site.name });
    const tariff = await this.#row(reference);
    const { db, ledger, clock } = this.#parts;
    const row: AssignmentRow = {
      id: newId(),
      site_id: site.id,
      source_id: source?.id ?? null,
      tariff_id: tariff.id,
      tariff_version: tariff.version,
      valid_from: input.validFrom,
      transformer_kva: input.transformerCapacitykVA ?? null,
      ...{ created_at: clock.now(), actor_id: actor.id, actor_name: actor.name },
      ...{ withdrawn_at: null, withdrawn_by: null },
    };
    await db.transaction(async () => {
      await this.#repository.insertAssignment(row);
      await ledger.record(actor, {
        type: 'energy.tariff-assign',
        subject: source?.id ?? site.id,
        siteId: site.id,
        content: {
          ...{ assignment: row.id, tariff: keyOf(tariff), sha256: tariff.sha256, validFrom: row.valid_from },
          ...{ site: site.name, source: source?.name ?? null, transformerCapacitykVA: row.transformer_kva },
        },
      });
    });
    return (await this.assignments(actor)).find(({ id }) => id === row.id)!;
  }

  /** Takes an assignment back; bills made with it stay as they are. */
  async withdraw(actor: Actor, id: string): Promise<void> {
    requirePermission(actor, 'energy.tariff.write');
    const row = await this.#repository.assignment(id);
    if (!row) throw energyErrors.ENERGY_ASSIGNMENT_UNKNOWN({ id });
    requirePermission(actor, 'energy.tariff.write', row.site_id);
    const { db, ledger, clock } = this.#parts;
    await db.transaction(async () => {
      await this.#repository.withdraw(id, clock.now(), actor.name);
      const content = { assignment: id, tariff: `${row.tariff_id}@${row.tariff_version}`, validFrom: row.valid_from };
      const subject = row.source_id ?? row.site_id;
      await ledger.record(actor, { type: 'energy.tariff-withdraw', subject, siteId: row.site_id, content });
    });
  }

  /** What a source (its own before its site's) or site is billed by, in the order it begins. */
  async assignedTo(actor: Actor, siteId: string, sourceId: string | null): Promise<AssignedTariff[]> {
    requirePermission(actor, 'energy.tariff.read', siteId);
    const rows = await this.#repository.assignments([siteId]);
    const own = rows.filter(({ source_id }) => sourceId !== null && source_id === sourceId);
    const found = own.length > 0 ? own : rows.filter(({ source_id }) => source_id === null);
    const tariffs = new Map((await this.#repository.tariffs()).map((row) => [keyOf(row), row]));
    // Of one date the last one counts.
    const last = new Map(found.map((row) => [row.valid_from, row]));
    return [...last.values()].map((row) => ({
      validFrom: row.valid_from,
      tariff: contentOf(tariffs.get(`${row.tariff_id}@${row.tariff_version}`)!),
      transformerCapacitykVA: row.transformer_kva,
    }));
  }

  async #row(reference: string): Promise<TariffRow> {
    const rows = await this.#repository.tariffs();
    const found = rows.filter((row) => row.id === reference || keyOf(row) === reference).at(-1);
    if (!found) {
      const known = [...new Set(rows.map(({ id }) => id))];
      throw energyErrors.ENERGY_TARIFF_UNKNOWN({ tariff: reference, known });
    }
    return found;
  }
}

const keyOf = ({ id, version }: Pick<TariffRow, 'id' | 'version'>) => `${id}@${version}`;

function contentOf(row: TariffRow): Tariff {
  if (sha256(row.content) !== row.sha256) throw energyErrors.ENERGY_TARIFF_ALTERED({ tariff: keyOf(row) });
  return JSON.parse(row.content) as Tariff;
}

function stored(row: TariffRow, all: readonly TariffRow[]): StoredTariff {
  const content = contentOf(row);
  const { currency, source, example, validFrom, validTo } = content;
  const next = all.find(({ id, sequence }) => id === row.id && sequence === row.sequence + 1);
  return {
    ...{ id: row.id, version: row.version, name: row.name, currency, source, example, validFrom, validTo },
    supersededBy: next?.version ?? null,
    sha256: row.sha256,
    addedAt: row.created_at.toISOString(),
    addedBy: row.actor_name,
    content,
  };
}
