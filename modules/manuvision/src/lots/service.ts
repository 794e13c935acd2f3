import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger } from '@millwright/ledger';
import type { InspectionService } from '../inspections/service.ts';
import type { LotReportRow, LotRow, StationRow, VerdictRow } from '../schema.ts';
import { StationRepository } from '../stations/repository.ts';
import { stationFor } from '../stations/station-access.ts';
import { writeStation } from '../stations/write-station.ts';
import { lotErrors } from './errors.ts';
import { renderReport } from './render-report.ts';
import {
  figuresOf,
  isListed,
  type ReportContent,
  type ReportLanguage,
  type ReportPart,
  type ReportVersion,
  reportVersion,
} from './report-content.ts';
import { type ReportParameters, reportMethod, reportMethodId, reportOutput } from './report-method.ts';
import { LotRepository } from './repository.ts';
import type { LotAnswer, ReportAnswer } from './schemas.ts';
import { heatPicture, smallPicture } from './small-pictures.ts';

interface LotParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly cloud: CloudServices;
  readonly inspections: InspectionService;
}

/** Lots of parts at stations, and reports of them that can be proved. */
export class LotService {
  readonly #parts: LotParts;
  readonly #repository: LotRepository;
  readonly #stations: StationRepository;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: LotParts) {
    this.#parts = parts;
    this.#repository = new LotRepository(parts.db);
    this.#stations = new StationRepository(parts.db);
    parts.ledger.registerMethod(reportMethod(parts.blobs));
  }

  /** Newest first. */
  async list(actor: Actor, stationId: string): Promise<LotAnswer[]> {
    await stationFor(this.#stations, actor, stationId, 'read');
    return this.#answers(await this.#repository.list(stationId));
  }

  /** Ends the lot that is open, and starts this one. Throws MANUVISION_LOT_OPEN where it is the one that is open. */
  async start(actor: Actor, stationId: string, number: string): Promise<LotAnswer> {
    const station = await this.#changing(actor, stationId);
    return this.#inTurn(async () => {
      const open = await this.#repository.open(stationId);
      if (open?.number === number) throw lotErrors.MANUVISION_LOT_OPEN({ lot: number });
      return (await this.#answers([await this.#begin(actor, station, number, open)]))[0]!;
    });
  }

  /** The line named the lot of a part that is about to be stored: unless it is the open one, it is started, which ends that. */
  async follow(actor: Actor, station: StationRow, number: string): Promise<void> {
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    await this.#inTurn(async () => {
      const open = await this.#repository.open(station.id);
      if (open?.number !== number) await this.#begin(actor, station, number, open);
    });
  }

  /**
   * The line of a box named the lot of a part that was judged at `at`, within the transaction that stores it: what others said of lots
   * since then stays. Parts of one station come in their order.
   */
  async followAt(actor: Actor, station: StationRow, number: string, at: Date): Promise<void> {
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    const { before, after } = await this.#repository.around(station.id, at);
    if (before?.number === number) return;
    const row: LotRow = {
      ...{ id: newId(), station_id: station.id, number, started_at: at, started_by: actor.name },
      ended_at: before?.ended_at ?? after?.started_at ?? null,
      ended_by: before?.ended_by ?? after?.started_by ?? null,
    };
    const content = { lot: row.id, number, ended: before?.number ?? null, at: at.toISOString() };
    await writeStation(this.#parts, actor, station, { type: 'lot-start', content }, async () => {
      if (before) await this.#repository.end(before.id, at, actor.name);
      await this.#repository.insert(row);
    });
    this.#tellBox(station);
  }

  /** The line of a box said at `at` that the lot is over, within the transaction that notes it. */
  async endAt(actor: Actor, station: StationRow, at: Date): Promise<void> {
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    const { before } = await this.#repository.around(station.id, at);
    if (before && before.ended_at === null) await this.#end(actor, station, before, at);
  }

  /** The line said that the lot is over; where none is open, there is nothing to end. */
  async endByLine(actor: Actor, station: StationRow): Promise<void> {
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    await this.#inTurn(async () => {
      const open = await this.#repository.open(station.id);
      if (open) await this.#end(actor, station, open);
    });
  }

  /** The lot that is open at a station, for what judges there. */
  open(stationId: string): Promise<LotRow | undefined> {
    return this.#repository.open(stationId);
  }

  /** Throws MANUVISION_LOT_NONE. */
  async end(actor: Actor, stationId: string): Promise<LotAnswer> {
    const station = await this.#changing(actor, stationId);
    const open = await this.#repository.open(stationId);
    if (!open) throw lotErrors.MANUVISION_LOT_NONE({ station: station.name });
    return (await this.#answers([await this.#end(actor, station, open)]))[0]!;
  }

  /** Makes the report of a lot as it is now; its hash stands in the ledger. Throws MANUVISION_LOT_UNKNOWN. */
  async report(actor: Actor, stationId: string, lotId: string, language: ReportLanguage): Promise<ReportAnswer> {
    const { db, blobs, ledger, clock } = this.#parts;
    const station = await this.#changing(actor, stationId);
    const lot = await this.#lot(stationId, lotId);
    const { content, pictures } = await this.#content(actor, station, lot);
    const pdf = await renderReport({ content, language, pictures });
    const own = await blobs.put(Buffer.from(canonicalJson(content)));
    const { hash } = await blobs.put(pdf, { mediaType: 'application/pdf' });
    const parameters: ReportParameters = { lot: lot.id, language };
    return db.transaction(async () => {
      const finding = await ledger.conclude(actor, {
        ...{ method: reportMethodId, parameters, subject: station.id, siteId: station.site_id },
        inputs: [own.hash, ...pictures.keys()].map((one) => ({ kind: 'blob', reference: { hash: one } })),
        output: reportOutput(pdf, content),
      });
      const row: LotReportRow = {
        ...{ id: newId(), lot_id: lot.id, language, pdf: hash, finding_id: finding.id },
        ...{ created_at: clock.now(), actor_name: actor.name },
      };
      await this.#repository.insertReport(row);
      return toReport(row);
    });
  }

  /** A report that was made. Throws MANUVISION_LOT_UNKNOWN, MANUVISION_REPORT_UNKNOWN. */
  async pdf(
    actor: Actor,
    stationId: string,
    lotId: string,
    reportId: string,
  ): Promise<{ name: string; pdf: Readable }> {
    await stationFor(this.#stations, actor, stationId, 'read');
    const lot = await this.#lot(stationId, lotId);
    const report = (await this.#repository.reports([lotId])).find(({ id }) => id === reportId);
    if (!report) throw lotErrors.MANUVISION_REPORT_UNKNOWN({ report: reportId });
    // A name that every system takes; the number may hold anything.
    const name = `lot-${lot.number.replaceAll(/[^\w.-]+/g, '_')}-${report.language}.pdf`;
    return { name, pdf: await this.#parts.blobs.get(report.pdf) };
  }

  async #begin(actor: Actor, station: StationRow, number: string, open: LotRow | undefined): Promise<LotRow> {
    const now = this.#parts.clock.now();
    const row: LotRow = {
      ...{ id: newId(), station_id: station.id, number, started_at: now, started_by: actor.name },
      ...{ ended_at: null, ended_by: null },
    };
    const content = { lot: row.id, number, ended: open?.number ?? null };
    await writeStation(this.#parts, actor, station, { type: 'lot-start', content }, async () => {
      if (open) await this.#repository.end(open.id, now, actor.name);
      await this.#repository.insert(row);
    });
    this.#tellBox(station);
    return row;
  }

  async #end(actor: Actor, station: StationRow, open: LotRow, at: Date = this.#parts.clock.now()): Promise<LotRow> {
    const ended = { ended_at: at, ended_by: actor.name };
    const content = { lot: open.id, number: open.number };
    await writeStation(this.#parts, actor, station, { type: 'lot-end', content }, () =>
      this.#repository.end(open.id, ended.ended_at, ended.ended_by),
    );
    this.#tellBox(station);
    return { ...open, ...ended };
  }

  /** One after the other, so that two parts of a new lot start it once. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  /** A box keeps the first pictures of a lot. */
  #tellBox({ box_id }: StationRow): void {
    if (box_id === null) return;
    const { db, cloud } = this.#parts;
    void db.afterCommit(async () => cloud.edgeParts.changed([box_id]));
  }

  async #changing(actor: Actor, stationId: string): Promise<StationRow> {
    const station = await stationFor(this.#stations, actor, stationId, 'read');
    requirePermission(actor, 'manuvision.verdict.review', station.site_id);
    return station;
  }

  async #lot(stationId: string, lotId: string): Promise<LotRow> {
    const lot = await this.#repository.byId(lotId);
    if (lot?.station_id !== stationId) throw lotErrors.MANUVISION_LOT_UNKNOWN({ lot: lotId });
    return lot;
  }

  async #content(
    actor: Actor,
    station: StationRow,
    lot: LotRow,
  ): Promise<{ content: ReportContent; pictures: Map<string, Uint8Array> }> {
    const { clock, cloud, inspections, ledger } = this.#parts;
    const rows = await this.#repository.verdicts(lot);
    const site = await cloud.plant.node(actor, station.site_id);
    const { names, versions } = await this.#judgedBy(actor, rows);
    const inspection =
      names.length > 0 ? names.join(', ') : (await inspections.row(actor, station.inspection_id, 'read')).name;
    const pictures = new Map<string, Uint8Array>();
    const parts: ReportPart[] = [];
    for (const row of rows.filter(isListed)) parts.push(await this.#part(row, pictures));
    const { sequence, hash } = await ledger.head(actor);
    return {
      pictures,
      content: {
        ...{ station: station.name, site: site.name, inspection, timezone: site.timezone ?? 'UTC' },
        lot: {
          ...{ number: lot.number, startedAt: lot.started_at.toISOString(), startedBy: lot.started_by },
          ...{ endedAt: lot.ended_at?.toISOString() ?? null, endedBy: lot.ended_by },
        },
        made: { at: clock.now().toISOString(), by: actor.name },
        ...figuresOf(rows),
        ...{ versions, parts, ledger: { sequence, hash } },
      },
    };
  }

  /** What the parts themselves were judged by: the station may have been given another inspection since. */
  async #judgedBy(actor: Actor, rows: readonly VerdictRow[]): Promise<{ names: string[]; versions: ReportVersion[] }> {
    const own = Map.groupBy(rows, ({ inspection_id, version }) => `${inspection_id} ${version}`);
    const found = await Promise.all(
      [...own.values()].map(async (parts) => {
        const { inspection_id, version } = parts[0]!;
        return { ...(await this.#parts.inspections.judgedBy(actor, inspection_id, version)), parts: parts.length };
      }),
    );
    const names = [...new Map(found.map(({ inspection }) => [inspection.id, inspection.name])).values()];
    return {
      names,
      versions: found.map(({ inspection: { name, promise }, version, parts }) => ({
        ...(names.length > 1 && { inspection: name }),
        ...reportVersion(version, promise, parts),
      })),
    };
  }

  async #part(row: VerdictRow, pictures: Map<string, Uint8Array>): Promise<ReportPart> {
    const { blobs } = this.#parts;
    const stored = async (bytes: Uint8Array): Promise<string> => {
      const { hash } = await blobs.put(bytes, { mediaType: 'image/jpeg' });
      pictures.set(hash, bytes);
      return hash;
    };
    const has = row.kept && (await blobs.has(row.picture));
    const small = has ? await smallPicture(await blobs.read(row.picture)) : null;
    const heat =
      small && row.heatmap && (await blobs.has(row.heatmap))
        ? await heatPicture(small, await blobs.read(row.heatmap))
        : null;
    return {
      ...{ id: row.id, at: row.at.toISOString(), fileName: row.file_name, verdict: row.verdict },
      ...{ className: row.class_name, score: row.score, threshold: row.threshold, error: row.error },
      ...{ picture: row.picture, thumbnail: small && (await stored(small)), heat: heat && (await stored(heat)) },
      ...{ findingId: row.finding_id, reviewed: row.reviewed, reviewedBy: row.reviewed_by },
    };
  }

  async #answers(rows: readonly LotRow[]): Promise<LotAnswer[]> {
    const reports = await this.#repository.reports(rows.map(({ id }) => id));
    return Promise.all(
      rows.map(async (row) => ({
        ...{ id: row.id, stationId: row.station_id, number: row.number, startedAt: row.started_at.toISOString() },
        ...{ startedBy: row.started_by, endedAt: row.ended_at?.toISOString() ?? null, endedBy: row.ended_by },
        counts: await this.#repository.counts(row),
        reports: reports.filter(({ lot_id }) => lot_id === row.id).map(toReport),
      })),
    );
  }
}

const toReport = (row: LotReportRow): ReportAnswer => ({
  ...{ id: row.id, language: row.language, pdf: row.pdf, findingId: row.finding_id },
  ...{ at: row.created_at.toISOString(), by: row.actor_name },
});
