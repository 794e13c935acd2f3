import type { Blobs } from '@millwright/blobs';
import type { PlantService } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Note, newId, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger, sha256 } from '@millwright/ledger';
import { calculateEmissions } from '../emissions/calculate-emissions.ts';
import { massUnits } from '../emissions/units.ts';
import { esgErrors } from '../errors.ts';
import { assumedRegion } from '../factors/factor-choice.ts';
import type { FactorLibrary } from '../factors/library.ts';
import type { FactorService } from '../factors/service.ts';
import type { ActivityFile } from '../kpi/activity-file.ts';
import { readActivityFile } from '../kpi/activity-sheet.ts';
import { esgNotes } from '../notes.ts';
import { requireAt } from '../permissions.ts';
import { type ActivityEntryInput, type ActivityStatement, activityEntrySchema } from './activity-entry.ts';
import { entriesOfFile } from './entries-of-file.ts';
import type { ActivityQuery, ActivityRepository, ActivityRow } from './repository.ts';

/** A statement with what became of it. */
export interface Activity {
  readonly id: string;
  readonly statement: ActivityStatement;
  readonly sha256: string;
  readonly enteredAt: string;
  readonly enteredBy: string;
  /** File that it was imported from. */
  readonly importHash: string | null;
  readonly corrects: string | null;
  readonly correctedBy: string | null;
  readonly withdrawn: { readonly at: string; readonly by: string; readonly reason: string } | null;
}

export interface ActivityImport {
  readonly entries: number;
  readonly years: readonly number[];
  /** Places that no site is called; they count as units of their own. */
  readonly places: readonly string[];
  readonly notes: readonly Note[];
}

/** Quantities that people state: entered, imported, corrected, withdrawn; nothing is ever overwritten. */
export class ActivityService {
  #parts: ActivityParts;
  constructor(parts: ActivityParts) {
    this.#parts = parts;
  }

  async list(actor: Actor, query: ActivityQuery = {}): Promise<Activity[]> {
    requirePermission(actor, 'esg.activity.read', query.siteId);
    return (await this.#parts.repository.list({ ...query, siteIds: actor.siteIds })).map(toActivity);
  }

  async enter(actor: Actor, input: ActivityEntryInput): Promise<Activity> {
    requireAt(actor, 'esg.activity.write', input.siteId);
    const row = this.#row(actor, await this.#statement(actor, input), {});
    await this.#write(actor, [row], 'esg.activity-enter', { statement: JSON.parse(row.content) });
    return toActivity({ ...row, corrected_by: null });
  }

  /** Puts another statement in the place of one; the old one stays and old figures rest on it. */
  async correct(actor: Actor, id: string, input: ActivityEntryInput, reason: string): Promise<Activity> {
    const old = await this.#current(actor, id);
    requireAt(actor, 'esg.activity.write', input.siteId);
    const row = this.#row(actor, await this.#statement(actor, input), { corrects: id });
    const content = { reason, before: JSON.parse(old.content), after: JSON.parse(row.content) };
    await this.#write(actor, [row], 'esg.activity-correct', content);
    return toActivity({ ...row, corrected_by: null });
  }

  async withdraw(actor: Actor, id: string, reason: string): Promise<void> {
    const row = await this.#current(actor, id);
    const { db, ledger, repository, clock } = this.#parts;
    await db.transaction(async (transaction) => {
      if (!(await repository.withdraw(transaction, id, clock.now(), actor.name, reason)))
        throw esgErrors.ESG_ACTIVITY_GONE({ id });
      const content = { reason, statement: JSON.parse(row.content) };
      await ledger.record(actor, {
        type: 'esg.activity-withdraw',
        subject: id,
        siteId: row.site_id ?? undefined,
        content,
      });
    });
  }

  /** All entries of a file of activity data, or none. Throws what `readActivityFile` throws, with every problem. */
  async import(actor: Actor, { hash, fileName }: { hash: string; fileName: string }): Promise<ActivityImport> {
    requireAt(actor, 'esg.activity.write', undefined);
    const { blobs, repository, plant } = this.#parts;
    if (!(await blobs.has(hash))) throw esgErrors.ESG_UPLOAD_UNKNOWN({ hash });
    const known = await repository.imported(hash);
    if (known > 0) throw esgErrors.ESG_FILE_IMPORTED_ALREADY({ fileName, entries: known });
    const file = await readActivityFile(await blobs.read(hash));
    const sites = new Map(
      (await plant.tree(actor)).flatMap((node) => (node.kind === 'site' ? [[node.name.toLowerCase(), node]] : [])),
    );
    const document = { hash, name: fileName };
    const places = new Set<string>();
    const rows: Omit<ActivityRow, 'corrected_by'>[] = [];
    const { entries, notes } = entriesOfFile(file);
    for (const entry of entries) {
      const site = sites.get(entry.place?.toLowerCase() ?? '');
      const place = entry.place ?? file.organisation ?? 'Organisation';
      if (!site) places.add(place);
      const input = { ...entry, place, document, ...(site ? { siteId: site.id } : regionOf(entry, file, notes)) };
      rows.push(this.#row(actor, await this.#statement(actor, activityEntrySchema.parse(input)), { importHash: hash }));
    }
    const years = [...new Set(rows.map(({ year }) => year))].sort();
    await this.#write(actor, rows, 'esg.activity-import', { file: hash, fileName, entries: rows.length, years });
    return { entries: rows.length, years, places: [...places], notes };
  }

  /** One statement for evidence that is run again. Throws ESG_ACTIVITY_ALTERED when someone changed it by hand. */
  async read(id: string): Promise<ActivityStatement> {
    const row = await this.#parts.repository.one(id);
    if (!row) throw esgErrors.ESG_ACTIVITY_UNKNOWN({ id });
    return statementOf(row);
  }

  async #statement(actor: Actor, input: ActivityEntryInput): Promise<ActivityStatement> {
    const { plant, blobs, factors } = this.#parts;
    const site = input.siteId === undefined ? undefined : await plant.node(actor, input.siteId);
    const place = site?.name ?? input.place;
    if (place === undefined) throw esgErrors.ESG_ACTIVITY_INVALID({ problems: ['siteId or place is missing'] });
    if (input.document && !(await blobs.has(input.document.hash)))
      throw esgErrors.ESG_UPLOAD_UNKNOWN({ hash: input.document.hash });
    const statement = { ...input, place };
    check(statement, await factors.library(actor));
    return statement;
  }

  #row(
    actor: Actor,
    statement: ActivityStatement,
    from: { corrects?: string; importHash?: string },
  ): Omit<ActivityRow, 'corrected_by'> {
    const content = canonicalJson(statement);
    return {
      id: newId(),
      site_id: statement.siteId ?? null,
      year: statement.year,
      kind: statement.kind,
      content,
      sha256: sha256(content),
      corrects: from.corrects ?? null,
      import_hash: from.importHash ?? null,
      created_at: this.#parts.clock.now(),
      actor_id: actor.id,
      actor_name: actor.name,
      withdrawn_at: null,
      withdrawn_by: null,
      withdrawn_reason: null,
    };
  }

  async #current(actor: Actor, id: string): Promise<ActivityRow> {
    const row = await this.#parts.repository.one(id);
    if (!row) throw esgErrors.ESG_ACTIVITY_UNKNOWN({ id });
    requireAt(actor, 'esg.activity.write', row.site_id);
    if (row.corrected_by !== null || row.withdrawn_at !== null) throw esgErrors.ESG_ACTIVITY_GONE({ id });
    return row;
  }

  async #write(
    actor: Actor,
    rows: readonly Omit<ActivityRow, 'corrected_by'>[],
    type: string,
    content: Record<string, unknown>,
  ): Promise<void> {
    const { db, ledger, repository } = this.#parts;
    const [first] = rows;
    try {
      await db.transaction(async (transaction) => {
        await repository.insert(transaction, rows);
        const about = rows.length === 1 ? { subject: first!.id, siteId: first!.site_id ?? undefined } : {};
        await ledger.record(actor, { type, ...about, content });
      });
    } catch (error) {
      if ((error as { code?: string }).code === '23505')
        throw esgErrors.ESG_ACTIVITY_GONE({ id: first!.corrects ?? '' }, error);
      throw error;
    }
  }
}

interface ActivityParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly blobs: Blobs;
  readonly clock: Clock;
  readonly plant: PlantService;
  readonly factors: FactorService;
  readonly repository: ActivityRepository;
}

export function statementOf(row: Pick<ActivityRow, 'id' | 'content' | 'sha256'>): ActivityStatement {
  if (sha256(row.content) !== row.sha256) throw esgErrors.ESG_ACTIVITY_ALTERED({ id: row.id });
  return JSON.parse(row.content) as ActivityStatement;
}

function toActivity(row: ActivityRow): Activity {
  return {
    id: row.id,
    statement: statementOf(row),
    sha256: row.sha256,
    enteredAt: row.created_at.toISOString(),
    enteredBy: row.actor_name,
    importHash: row.import_hash,
    corrects: row.corrects,
    correctedBy: row.corrected_by,
    withdrawn: row.withdrawn_at && {
      at: row.withdrawn_at.toISOString(),
      by: row.withdrawn_by!,
      reason: row.withdrawn_reason!,
    },
  };
}

/** Refuses now what every calculation with it would refuse later: units, factors, densities, what is below zero. */
function check(statement: ActivityStatement, library: FactorLibrary): void {
  const { kind, quantity, unit, place, year } = statement;
  const line = { id: `${place} ${year} ${kind}`, quantity, unit };
  if (kind === 'electricity') {
    const { factor, residualFactor, claimedRenewableMWh } = statement;
    calculateEmissions({ year, lines: [{ ...line, kind, factor, residualFactor, claimedRenewableMWh }] }, library);
  } else if (kind === 'heat') {
    const { factor, steam } = statement;
    if (!steam && massUnits.includes(unit)) throw esgErrors.ESG_STEAM_STATE_MISSING({ line: line.id, unit });
    calculateEmissions({ year, lines: [{ ...line, kind, factor, steam }] }, library);
  } else if (kind === 'fuel') {
    const { fuel, factor, netCalorificValue, densityKgPerL, oxidationFraction, otherGases } = statement;
    const facts = { fuel, factor, netCalorificValue, densityKgPerL, oxidationFraction, otherGases };
    calculateEmissions({ lines: [{ ...line, kind, ...facts }] }, library);
  } else if (quantity.startsWith('-')) {
    throw esgErrors.ESG_ACTIVITY_NEGATIVE({ line: line.id, field: 'quantity', value: quantity });
  }
}

/** What belongs to no site has no region of its own: the file's, else the assumed one, and said. */
function regionOf(entry: { kind: string; region?: unknown }, file: ActivityFile, notes: Note[]): { region?: string } {
  if (!['electricity', 'heat'].includes(entry.kind) || entry.region !== undefined) return {};
  const region = file.region ?? assumedRegion;
  const note = esgNotes['region-assumed']({ region });
  if (file.region === undefined && !notes.some(({ code }) => code === note.code)) notes.push(note);
  return { region };
}
