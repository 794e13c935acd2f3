import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import type { Blobs } from '@millwright/blobs';
import type { Bus } from '@millwright/bus';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { LiveHub } from '@millwright/http';
import {
  type Actor,
  type Clock,
  isAllowed,
  isMillwrightError,
  type Logger,
  newId,
  operatorActor,
  requirePermission,
} from '@millwright/kernel';
import { type Ledger, sha256 } from '@millwright/ledger';
import { Temporal } from 'temporal-polyfill';
import type { InspectionService } from '../inspections/service.ts';
import type { StationRow, VerdictRow, VersionRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import type { Judged } from '../work/messages.ts';
import { writeRecorded } from '../write-recorded.ts';
import { allowedFolder } from './allowed-folder.ts';
import { FolderWatch } from './folder-watch.ts';
import { type JudgeParameters, judgeMethod, judgeMethodId, outputOf } from './judge-method.ts';
import { StationRepository, type VerdictPlace } from './repository.ts';
import type {
  StationAnswer,
  StationChange,
  StationFigures,
  StationInput,
  VerdictAnswer,
  VerdictFilter,
} from './schemas.ts';

export const verdictsTopic = 'manuvision-verdicts:all';

interface StationParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly live: LiveHub;
  readonly cloud: CloudServices;
  readonly inspections: InspectionService;
  readonly bus: Bus;
  readonly logger: Logger;
  /** Folders of this machine that stations may watch. */
  readonly watchedFolders: readonly string[];
  readonly cache: string;
  readonly folder: string;
}

/** Where the result of each part is published, as JSON of a verdict. */
export const resultTopic = (stationId: string) => `millwright/stations/${stationId}/result`;

const hourMs = 3_600_000;

/** Stations at the line: judge what is sent to them, count, and let people say whether they were right. */
export class StationService {
  #parts: StationParts;
  #repository: StationRepository;
  #process = new InspectionProcess();
  readonly #places: string;
  readonly #watch: FolderWatch;

  constructor(parts: StationParts) {
    this.#parts = parts;
    this.#repository = new StationRepository(parts.db);
    this.#places = join(parts.folder, 'models');
    const { blobs, cache } = parts;
    parts.ledger.registerMethod(judgeMethod({ blobs, cache, folder: this.#places, process: this.#process }));
    this.#watch = new FolderWatch({
      ...{ repository: this.#repository, allowed: parts.watchedFolders, logger: parts.logger },
      judge: async (station, path, file) => {
        const actor: Actor = { ...operatorActor, kind: 'job', id: 'station', name: station.name };
        await this.#judge(actor, station, file.name, createReadStream(path), () =>
          this.#repository.insertWatched({ station_id: station.id, ...file }),
        );
      },
    });
  }

  async list(actor: Actor): Promise<StationAnswer[]> {
    requirePermission(actor, 'manuvision.station.read');
    const rows = await this.#repository.list(actor.siteIds);
    return Promise.all(rows.map(({ row, inspectionName }) => this.#answer(actor, row, inspectionName)));
  }

  async station(actor: Actor, id: string): Promise<StationAnswer> {
    const row = await this.#row(actor, id, 'read');
    const { name } = await this.#parts.inspections.row(actor, row.inspection_id, 'read');
    return this.#answer(actor, row, name);
  }

  async create(actor: Actor, input: StationInput): Promise<StationAnswer> {
    const { siteId, name, inspectionId, version, folder, keepPassed } = input;
    requirePermission(actor, 'manuvision.station.write', siteId);
    await this.#check(actor, siteId, input);
    const row: StationRow = {
      ...{ id: newId(), site_id: siteId, name, inspection_id: inspectionId, version, folder, keep_passed: keepPassed },
      ...{ created_at: this.#parts.clock.now(), removed_at: null },
    };
    const content = { name, inspection: inspectionId, version, folder, keepPassed };
    await this.#write(actor, row, 'station-create', content, () => this.#repository.insert(row));
    return this.station(actor, row.id);
  }

  async change(actor: Actor, id: string, change: StationChange): Promise<StationAnswer> {
    const row = await this.#row(actor, id, 'write');
    const { name, inspectionId, version, folder, keepPassed } = change;
    await this.#check(actor, row.site_id, change);
    const before = {
      ...{ name: row.name, inspectionId: row.inspection_id, version: row.version },
      ...{ folder: row.folder, keepPassed: row.keep_passed },
    };
    const values = { name, inspection_id: inspectionId, version, folder, keep_passed: keepPassed };
    await this.#write(actor, { ...row, name }, 'station-change', { before, after: change }, () =>
      this.#repository.change(id, values),
    );
    return this.station(actor, id);
  }

  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#row(actor, id, 'write');
    await this.#write(actor, row, 'station-remove', { name: row.name }, () =>
      this.#repository.change(id, { removed_at: this.#parts.clock.now() }),
    );
  }

  /**
   * Judges the picture of a part. What cannot be judged, for whatever reason, is refused and never passed: the answer says
   * why in `error`.
   */
  async judge(actor: Actor, id: string, fileName: string, content: Readable): Promise<VerdictAnswer> {
    const station = await this.#row(actor, id, 'read');
    requirePermission(actor, 'manuvision.verdict.create', station.site_id);
    return this.#judge(actor, station, fileName, content);
  }

  /** @param within is done in the transaction that the verdict is stored in */
  async #judge(
    ...[actor, station, fileName, content, within]: [
      actor: Actor,
      station: StationRow,
      fileName: string,
      content: Readable,
      within?: () => Promise<void>,
    ]
  ): Promise<VerdictAnswer> {
    const picture = await buffer(content);
    const version = await this.#parts.inspections.version(actor, station.inspection_id, station.version);
    const begun = performance.now();
    const outcome = await this.#outcome(version, picture);
    const milliseconds = performance.now() - begun;
    const row = await this.#keep(actor, station, { version, picture, outcome, fileName, milliseconds, within });
    const verdict = toVerdict(row);
    this.#parts.live.publish(verdictsTopic, verdict, (reader) =>
      isAllowed(reader, 'manuvision.station.read', station.site_id),
    );
    await this.#tell(station, verdict);
    return verdict;
  }

  /** Newest first. */
  async verdicts(
    actor: Actor,
    id: string,
    filter: VerdictFilter,
  ): Promise<{ items: VerdictAnswer[]; next: string | null }> {
    await this.#row(actor, id, 'read');
    const rows = await this.#repository.verdicts(id, filter, filter.before ? placeOf(filter.before) : undefined);
    const last = rows.length === filter.limit ? rows.at(-1) : undefined;
    return { items: rows.map(toVerdict), next: last ? `${last.at.toISOString()}_${last.id}` : null };
  }

  async verdict(actor: Actor, id: string, verdictId: string): Promise<VerdictAnswer> {
    return toVerdict((await this.#verdict(actor, id, verdictId)).verdict);
  }

  /** A person's word on a verdict; null takes it back. */
  async review(actor: Actor, id: string, verdictId: string, said: 'ok' | 'ng' | null): Promise<VerdictAnswer> {
    const { station, verdict } = await this.#verdict(actor, id, verdictId);
    requirePermission(actor, 'manuvision.verdict.review', station.site_id);
    const reviewed = {
      ...{ reviewed: said, reviewed_at: said && this.#parts.clock.now(), reviewed_by: said && actor.name },
    };
    const content = { verdict: verdictId, machine: verdict.verdict, before: verdict.reviewed, after: said };
    await this.#write(actor, station, 'verdict-review', content, () =>
      this.#repository.changeVerdict(verdictId, reviewed),
    );
    return toVerdict({ ...verdict, ...reviewed });
  }

  /** The picture that was judged, as it came. Throws BLOB_MISSING where it was not kept. */
  async picture(actor: Actor, id: string, verdictId: string): Promise<Readable> {
    return this.#parts.blobs.get((await this.#verdict(actor, id, verdictId)).verdict.picture);
  }

  /** PNG, grey: the limit lies in the middle. */
  async heatmap(actor: Actor, id: string, verdictId: string): Promise<Readable> {
    const { verdict } = await this.#verdict(actor, id, verdictId);
    if (verdict.heatmap === null) throw manuvisionServiceErrors.MANUVISION_VERDICT_UNKNOWN({ verdict: verdictId });
    return this.#parts.blobs.get(verdict.heatmap);
  }

  async figures(actor: Actor, id: string, hours: number): Promise<StationFigures> {
    await this.#row(actor, id, 'read');
    const from = new Date(this.#parts.clock.now().getTime() - hours * hourMs);
    const byHour = await this.#repository.byHour(id, from);
    const classes = await this.#repository.rejectedClasses(id, from);
    return {
      from: from.toISOString(),
      counts: await this.#repository.counts(id, from),
      hours: byHour.map(({ at, ...counts }) => ({ at: at.toISOString(), ...counts })),
      classes: classes.map(({ name, count }) => ({ name: name ?? '', count })),
      scores: (await this.#repository.passedScores(id, from)) ?? null,
      reviewed: await this.#repository.reviewed(id, from),
    };
  }

  /** Begins to watch the folders of stations. */
  goLive(): void {
    this.#watch.start();
  }

  async close(): Promise<void> {
    await this.#watch.stop();
    await this.#process.close();
  }

  /** To whoever listens at the line. The verdict stands whether anybody could be told or not. */
  async #tell(station: StationRow, verdict: VerdictAnswer): Promise<void> {
    const { bus, logger } = this.#parts;
    // A command that works without a server has no broker.
    if (bus.url === '') return;
    await bus.publish(resultTopic(station.id), JSON.stringify(verdict), { qos: 1 }).catch((error: unknown) => {
      logger.warn({ err: error, station: station.name }, 'the result of a part could not be published');
    });
  }

  async #outcome(version: VersionRow, picture: Uint8Array): Promise<Judged | string> {
    const { blobs, cache } = this.#parts;
    try {
      return await this.#process.judge({ model: await localBlob(blobs, version.model, this.#places), picture, cache });
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
      return error.code;
    }
  }

  async #keep(actor: Actor, station: StationRow, given: Given): Promise<VerdictRow> {
    const { version, picture, outcome, fileName, milliseconds, within } = given;
    const { blobs, ledger, clock } = this.#parts;
    const hash = sha256(picture);
    const judged = typeof outcome === 'string' ? undefined : outcome;
    const kept = judged?.verdict !== 'ok' || isDrawn(hash, station.keep_passed) || (await blobs.has(hash));
    if (kept) await blobs.put(picture);
    const heatmap = kept && judged?.heatmap ? (await blobs.put(judged.heatmap, { mediaType: 'image/png' })).hash : null;
    const parameters: JudgeParameters = {
      ...{ station: station.id, inspection: station.inspection_id, version: version.version },
    };
    const { db } = this.#parts;
    return db.transaction(async () => {
      const finding =
        kept && judged
          ? await ledger.conclude(actor, {
              ...{ method: judgeMethodId, parameters, subject: station.id, siteId: station.site_id },
              inputs: [version.model, hash].map((one) => ({ kind: 'blob', reference: { hash: one } })),
              output: outputOf(judged),
            })
          : undefined;
      const row: VerdictRow = {
        ...{ id: newId(), station_id: station.id, at: clock.now(), file_name: fileName, picture: hash, kept },
        ...{ version: version.version, threshold: judged?.threshold ?? null, score: judged?.score ?? null },
        ...{ verdict: judged?.verdict ?? 'refused', class_name: judged?.class ?? null },
        value: judged?.value == null ? null : String(judged.value),
        ...{ boxes: judged?.boxes ?? [], heatmap, milliseconds, finding_id: finding?.id ?? null },
        error: typeof outcome === 'string' ? outcome : null,
        ...{ reviewed: null, reviewed_at: null, reviewed_by: null },
      };
      await this.#repository.insertVerdict(row);
      await within?.();
      return row;
    });
  }

  async #check(actor: Actor, siteId: string, wanted: StationChange): Promise<void> {
    const { inspectionId, version, folder } = wanted;
    const { inspections } = this.#parts;
    const inspection = await inspections.row(actor, inspectionId, 'read');
    if (inspection.site_id !== siteId)
      throw manuvisionServiceErrors.MANUVISION_INSPECTION_UNKNOWN({ inspection: inspectionId });
    await inspections.version(actor, inspectionId, version);
    if (folder !== null) await allowedFolder(folder, this.#parts.watchedFolders);
  }

  async #row(actor: Actor, id: string, right: 'read' | 'write'): Promise<StationRow> {
    const row = await this.#repository.byId(id);
    if (!row) throw manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station: id });
    requirePermission(actor, `manuvision.station.${right}`, row.site_id);
    if (row.removed_at) throw manuvisionServiceErrors.MANUVISION_STATION_UNKNOWN({ station: id });
    return row;
  }

  async #verdict(actor: Actor, id: string, verdictId: string): Promise<{ station: StationRow; verdict: VerdictRow }> {
    const station = await this.#row(actor, id, 'read');
    const verdict = await this.#repository.verdict(verdictId);
    if (verdict?.station_id !== id) throw manuvisionServiceErrors.MANUVISION_VERDICT_UNKNOWN({ verdict: verdictId });
    return { station, verdict };
  }

  async #answer(actor: Actor, row: StationRow, inspectionName: string): Promise<StationAnswer> {
    const { clock, cloud } = this.#parts;
    const { timezone } = await cloud.plant.node(actor, row.site_id);
    const midnight = startOfDay(clock.now(), timezone ?? 'UTC');
    return {
      ...{ id: row.id, siteId: row.site_id, name: row.name, inspectionId: row.inspection_id, inspectionName },
      ...{ version: row.version, keepPassed: row.keep_passed },
      ...{ folder: row.folder, folderProblem: this.#watch.problem(row.id) },
      lastAt: (await this.#repository.lastAt(row.id))?.toISOString() ?? null,
      today: await this.#repository.counts(row.id, midnight),
      createdAt: row.created_at.toISOString(),
    };
  }

  async #write(
    ...[actor, row, type, content, work]: [
      actor: Actor,
      row: StationRow,
      type: string,
      content: object,
      work: () => Promise<void>,
    ]
  ): Promise<void> {
    const { id: subject, site_id: siteId, name } = row;
    const taken = {
      manuvision_station_name: (cause: unknown) => manuvisionServiceErrors.MANUVISION_STATION_EXISTS({ name }, cause),
    };
    await writeRecorded(this.#parts, actor, { type, subject, siteId, content, taken }, work);
  }
}

interface Given {
  readonly version: VersionRow;
  readonly picture: Uint8Array;
  /** What was judged, or the code of why it could not be. */
  readonly outcome: Judged | string;
  readonly fileName: string;
  readonly milliseconds: number;
  readonly within: (() => Promise<void>) | undefined;
}

/** A draw that anybody can repeat: by the picture's own hash. */
const isDrawn = (hash: string, share: number): boolean => Number.parseInt(hash.slice(0, 8), 16) < share * 2 ** 32;

const placeOf = (text: string): VerdictPlace | undefined => {
  const [, at, id] = /^([^_]+)_([0-9a-f-]{36})$/.exec(text) ?? [];
  const date = new Date(at ?? '');
  return id && !Number.isNaN(date.getTime()) ? { at: date, id } : undefined;
};

const startOfDay = (now: Date, timezone: string): Date =>
  new Date(
    Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(timezone).startOfDay().epochMilliseconds,
  );

const toVerdict = (row: VerdictRow): VerdictAnswer => ({
  ...{ id: row.id, stationId: row.station_id, at: row.at.toISOString(), fileName: row.file_name },
  ...{ picture: row.picture, kept: row.kept, version: row.version, threshold: row.threshold, score: row.score },
  ...{ verdict: row.verdict, class: row.class_name, value: row.value, boxes: [...row.boxes] },
  ...{ hasHeatmap: row.heatmap !== null, milliseconds: row.milliseconds, findingId: row.finding_id },
  ...{ error: row.error, reviewed: row.reviewed, reviewedBy: row.reviewed_by },
});
