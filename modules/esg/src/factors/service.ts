import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Logger, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger, sha256 } from '@millwright/ledger';
import { esgErrors } from '../errors.ts';
import type { FactorReference } from '../evidence/factor-input.ts';
import { esgActor } from '../permissions.ts';
import { type Factor, factorContent, factorKey } from './factor.ts';
import { writeFactorsCsv } from './factor-sheet.ts';
import { type FactorImport, importFactors } from './import-factors.ts';
import { builtInLibrary, type FactorLibrary, findFactor } from './library.ts';
import type { FactorRepository, FactorRow } from './repository.ts';
import { type FactorDraft, supersede } from './supersede.ts';

/** A factor with when and by whom it came into the library. */
export type StoredFactor = Factor & {
  readonly key: string;
  readonly sha256: string;
  readonly addedAt: string;
  readonly addedBy: string;
  /** Why it took the place of the one before. */
  readonly reason?: string;
};

export interface FactorFilter {
  family?: string;
  region?: string;
  carrier?: string;
  /** Factors that apply to this year. */
  year?: number;
  unconfirmed?: boolean;
  /** Words looked for in id, publisher, document, region and note. */
  search?: string;
  /** Superseded versions too. */
  all?: boolean;
}

export type FactorChange = Partial<FactorDraft>;

export interface FactorImportRequest {
  hash: string;
  fileName: string;
  existing?: 'reject' | 'supersede';
  /** Why factors are superseded; goes into the ledger. */
  reason?: string;
  /** Says what would happen, and changes nothing. */
  preview?: boolean;
}

/** The factor library in the database: every version for good, each change in the ledger. */
export class FactorService {
  #parts: FactorParts;
  #repository: FactorRepository;

  constructor(parts: FactorParts) {
    this.#parts = parts;
    this.#repository = parts.repository;
  }

  /** Adds what the product brings and the database does not have; what is there is never touched. */
  async seed(): Promise<void> {
    const known = await this.#repository.keys();
    const missing = builtInLibrary.factors.filter((factor) => !known.has(factorKey(factor)));
    if (missing.length === 0) return;
    const rows = missing.map((factor) => this.#row(esgActor, factor, null));
    const { db, ledger, logger } = this.#parts;
    await db.transaction(async (transaction) => {
      const added = await this.#repository.insert(transaction, rows);
      if (added < rows.length)
        logger.warn(
          { added, brought: rows.length },
          'not every emission factor was added: another stands in its place',
        );
      if (added === 0) return;
      const factors = rows.map(({ id, version, sha256: hash }) => ({ id, version, sha256: hash }));
      await ledger.record(esgActor, { type: 'esg.factors-seed', content: { added, factors } });
    });
  }

  /** The newest versions that fit, or all versions, by id. */
  async list(actor: Actor, filter: FactorFilter = {}): Promise<StoredFactor[]> {
    requirePermission(actor, 'esg.factor.read');
    return (await this.#stored()).filter((factor) => fits(factor, filter));
  }

  /** One factor by id or `id@version`, all its versions, newest first. Throws ESG_FACTOR_UNKNOWN with near ids. */
  async history(actor: Actor, reference: string): Promise<StoredFactor[]> {
    requirePermission(actor, 'esg.factor.read');
    const stored = await this.#stored();
    const { id } = findFactor({ ...builtInLibrary, factors: stored }, reference);
    return stored.filter((factor) => factor.id === id).sort((a, b) => b.version - a.version);
  }

  /** What calculations look factors up in. Throws ESG_FACTOR_ALTERED when someone changed a row by hand. */
  async library(actor: Actor): Promise<FactorLibrary> {
    requirePermission(actor, 'esg.factor.read');
    return { ...builtInLibrary, factors: withSuccessors((await this.#repository.all()).map(checked)) };
  }

  /** One version, for evidence that is run again: as it stands, whoever asks. */
  async read({ id, version }: FactorReference): Promise<Factor> {
    const row = await this.#repository.one(id, version);
    if (!row) throw esgErrors.ESG_FACTOR_UNKNOWN({ id: `${id}@${version}`, near: [] });
    return checked(row);
  }

  /** The next version of a factor, or another factor in its place where `change.id` names one. The old one stays. */
  async supersede(actor: Actor, reference: string, change: FactorChange, reason: string): Promise<StoredFactor> {
    requirePermission(actor, 'esg.factor.write');
    const old = findFactor(await this.library(actor), reference);
    const { version: _version, supersedes: _supersedes, supersededBy: _by, ...before } = old;
    const { current } = supersede(old, { ...before, ...change });
    const row = this.#row(actor, current, reason);
    const { db, ledger } = this.#parts;
    await db.transaction(async (transaction) => {
      if ((await this.#repository.insert(transaction, [row])) === 0)
        throw esgErrors.ESG_FACTOR_SUPERSEDED({ id: factorKey(old), by: factorKey(current) });
      const content = {
        old: factorKey(old),
        new: factorKey(current),
        sha256: row.sha256,
        reason,
        value: [old.value, current.value],
      };
      await ledger.record(actor, { type: 'esg.factor-supersede', subject: factorKey(current), content });
    });
    return stored(current, row);
  }

  /** Factors from an uploaded CSV or XLSX file; rows that do not fit are listed and change nothing. */
  async import(actor: Actor, request: FactorImportRequest): Promise<FactorImport> {
    requirePermission(actor, 'esg.factor.write');
    const { blobs, db, ledger } = this.#parts;
    if (!(await blobs.has(request.hash))) throw esgErrors.ESG_UPLOAD_UNKNOWN({ hash: request.hash });
    const library = await this.library(actor);
    const found = await importFactors(await blobs.read(request.hash), library, { existing: request.existing });
    const added = [...found.accepted, ...found.superseded.map(({ current }) => current)];
    if (request.preview || added.length === 0) return found;
    const reason = request.reason ?? `imported from ${request.fileName}`;
    const rows = added.map((factor) => this.#row(actor, factor, factor.supersedes ? reason : null));
    await db.transaction(async (transaction) => {
      if ((await this.#repository.insert(transaction, rows)) < rows.length)
        throw esgErrors.ESG_FACTORS_CHANGED_MEANWHILE({});
      const content = {
        file: request.hash,
        fileName: request.fileName,
        reason,
        factors: rows.map(({ id, version, sha256: hash }) => ({ id, version, sha256: hash })),
        rejected: found.rejected.length,
      };
      await ledger.record(actor, { type: 'esg.factors-import', content });
    });
    return found;
  }

  /** The newest versions as a CSV that `import` reads back. */
  async exportCsv(actor: Actor): Promise<string> {
    return writeFactorsCsv(await this.list(actor));
  }

  async #stored(): Promise<StoredFactor[]> {
    const rows = await this.#repository.all();
    const factors = withSuccessors(rows.map(checked));
    return factors.map((factor, index) => stored(factor, rows[index]!));
  }

  #row(actor: Actor, factor: Factor, reason: string | null): FactorRow {
    const content = canonicalJson(factorContent(factor));
    return {
      id: factor.id,
      version: factor.version,
      content,
      sha256: sha256(content),
      supersedes: factor.supersedes ?? null,
      reason,
      created_at: this.#parts.clock.now(),
      actor_id: actor.id,
      actor_name: actor.name,
    };
  }
}

interface FactorParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly repository: FactorRepository;
}

function checked(row: FactorRow): Factor {
  if (sha256(row.content) !== row.sha256) throw esgErrors.ESG_FACTOR_ALTERED({ id: factorKey(row) });
  return JSON.parse(row.content) as Factor;
}

/** What a row says of itself, and what the rows that took the place of others say of them. */
function withSuccessors(factors: readonly Factor[]): Factor[] {
  const successor = new Map(
    factors.flatMap((factor) => (factor.supersedes ? [[factor.supersedes, factorKey(factor)]] : [])),
  );
  return factors.map((factor) => {
    const supersededBy = successor.get(factorKey(factor));
    return supersededBy === undefined ? factor : { ...factor, supersededBy };
  });
}

function stored(factor: Factor, row: FactorRow): StoredFactor {
  return {
    ...factor,
    key: factorKey(factor),
    sha256: row.sha256,
    addedAt: row.created_at.toISOString(),
    addedBy: row.actor_name,
    ...(row.reason === null ? {} : { reason: row.reason }),
  };
}

function fits(factor: Factor, filter: FactorFilter): boolean {
  const { family, region, carrier, year, unconfirmed, search, all } = filter;
  if (!all && factor.supersededBy !== undefined) return false;
  if (family !== undefined && factor.family !== family) return false;
  if (region !== undefined && factor.region.toLowerCase() !== region.toLowerCase()) return false;
  if (carrier !== undefined && factor.carrier !== carrier) return false;
  if (year !== undefined && !coversYear(factor, year)) return false;
  if (unconfirmed && factor.confirmed) return false;
  const { id, publisher, document, subregion, note } = factor;
  const text = [id, publisher, document, factor.region, subregion, note].join(' ').toLowerCase();
  return (search ?? '')
    .toLowerCase()
    .split(/\s+/)
    .every((word) => text.includes(word));
}

function coversYear({ appliesToYear, validFrom, validTo }: Factor, year: number): boolean {
  if (appliesToYear !== undefined) return appliesToYear === year;
  return (validFrom ?? '') <= `${year}-12-31` && (validTo ?? '9999') >= `${year}-01-01`;
}
