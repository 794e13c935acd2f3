import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { Job, JobContext, Jobs } from '@millwright/jobs';
import {
  type Actor,
  type Clock,
  isMillwrightError,
  isNote,
  type Note,
  newId,
  requirePermission,
  textOf,
} from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { z } from 'zod';
import { storableText } from '../delivery/storable-text.ts';
import { cloudErrors } from '../errors.ts';
import type { FileInput } from '../file/byte-source.ts';
import { chosenSchema } from '../file/chosen.ts';
import { type FileMapping, fileMappingSchema, mappingSignature, parseFileMapping } from '../file/file-mapping.ts';
import { guessNotes } from '../file/guess-notes.ts';
import type { FileInspection, PreviewRow } from '../file/inspect-file.ts';
import type { FileReading } from '../file/read-file.ts';
import type { ReadingBatch } from '../file/reading-batch.ts';
import { inspectOnThread, previewOnThread, readOnThread } from '../file/thread/file-thread.ts';
import type { IncomingBatch, MeasurementStore, StoreReceipt } from '../measurements/store.ts';
import type { PlantService } from '../plant/service.ts';
import type { Point, PointService } from '../points/service.ts';
import { fileKind, type SourceService } from '../sources/service.ts';
import { isUnit } from '../units/units.ts';
import { importNotes } from './import-notes.ts';
import { ImportTally } from './import-tally.ts';
import { DigestWriter, digestBatchSize, digestFile } from './reading-digest.ts';
import { ImportRepository, type ImportRow, type MappingRow } from './repository.ts';

export const importRequest = z.object({
  /** SHA-256 of the uploaded file. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().min(1).max(300),
  /** Name or id of a site. */
  site: z.string().min(1),
  /** Name of a file source; made if the site has none of that name. Left out: the file's name. */
  source: z.string().min(1).max(200).optional(),
  /** Where the file's wall clock stands; the site's zone when left out. */
  timezone: z.string().optional(),
  mapping: fileMappingSchema.optional(),
  /** Offer this mapping for the site's next file of the same columns. */
  remember: z.boolean().default(true),
  /** Make the site when there is none of that name. */
  createSite: z.boolean().default(false),
});
export type ImportRequest = z.output<typeof importRequest>;

/** What `millwright cloud import` prints. */
export interface ImportResult {
  readonly importId: string;
  readonly source: { readonly id: string; readonly name: string };
  /** Data rows of the file = accepted + rejected + duplicates + rows without any value. */
  readonly rows: number;
  readonly accepted: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly readings: {
    readonly stored: number;
    readonly duplicate: number;
    readonly rejected: number;
    readonly gaps: number;
  };
  /** First and last time of what is stored of the file, ISO 8601 with the zone's offset; null when nothing is. */
  readonly from: string | null;
  readonly to: string | null;
  readonly points: readonly {
    readonly id: string;
    readonly name: string;
    readonly unit: string;
    /** Readings of the file that are stored now: new, or there already. */
    readonly count: number;
  }[];
  /** The first 200 reasons; the rest are in the delivery ledger. */
  readonly rejects: readonly {
    readonly row: number | null;
    readonly reason: string;
    readonly note: Note | null;
    readonly key?: string;
    readonly raw?: string;
  }[];
  /** What should be looked at in how the file was read: an unknown unit, an order of day and month only assumed. */
  readonly warnings: readonly Note[];
  /** A server ended in the middle of it and the import was taken up again: what was stored by then counts as duplicate. */
  readonly resumed: boolean;
  /** Id of the finding that proves what the file says when read this way. */
  readonly evidence: string;
}

export const inspectRequest = z.object({
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  fileName: z.string().min(1),
  timezone: z.string().optional(),
  sheet: z.string().optional(),
  /** Name or id; corrections are remembered by site. */
  site: z.string().optional(),
  chosen: chosenSchema.optional(),
  /** Only show what this mapping makes of the file. */
  mapping: fileMappingSchema.optional(),
  /** As if nothing was remembered. */
  anew: z.boolean().default(false),
});
export type InspectRequest = Omit<z.output<typeof inspectRequest>, 'anew'> & { anew?: boolean };

/** `remembered`: where the corrections come from, if they come from an earlier file. */
export type Inspected = FileInspection & {
  readonly remembered: { readonly fileName: string; readonly at: string; readonly by: string } | null;
};

const countRead = (preview: readonly PreviewRow[]): number =>
  preview.filter(({ rejected }) => rejected === undefined).length;

const jobType = 'cloud.import';
const storeBatch = 4_000;
const methodId = 'cloud.read-file';

/** Files into measurements: upload, look, correct the guesses, import as a job, prove. */
export class ImportService {
  #repository: ImportRepository;
  #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
    this.#repository = new ImportRepository(parts.db);
    parts.jobs.define({
      type: jobType,
      // Rollups are summed in the memory of the process that takes live readings; a second one would sum beside it.
      place: 'server',
      schema: z.object({ importId: z.string() }),
      run: ({ importId }, context) => this.#run(importId, context),
    });
    parts.ledger.registerMethod({
      id: methodId,
      version: '1',
      description: 'Reads a table into readings as a mapping says; the result is counted and hashed.',
      run: async (parameters, inputs) => {
        const { mapping, fileName } = parameters as { mapping: FileMapping; fileName: string };
        return digestFile(await this.#open((inputs[0]!.reference as { hash: string }).hash), mapping, fileName);
      },
    });
  }

  async upload(actor: Actor, content: Parameters<Blobs['put']>[0]): Promise<{ hash: string; size: number }> {
    requirePermission(actor, 'cloud.data.import');
    return this.#parts.blobs.put(content);
  }

  /**
   * Guesses how an uploaded file is to be read, around what a person chose. A mapping that was corrected before at the
   * site for the same columns is offered instead, as long as it reads the file; a mapping that is given is only tried.
   */
  async inspect(actor: Actor, request: InspectRequest): Promise<Inspected> {
    requirePermission(actor, 'cloud.data.import');
    const site = request.site === undefined ? undefined : await this.#parts.plant.findSite(actor, request.site);
    if (site !== undefined) requirePermission(actor, 'cloud.data.import', site.id);
    await this.#requireUpload(request.hash);
    const open = () => this.#open(request.hash);
    if (request.mapping !== undefined) {
      const preview = await previewOnThread(await open(), request.mapping, request);
      const { mapping, fileName } = request;
      const signature = mappingSignature(mapping.header);
      const nothing = { guesses: [], warnings: [], sampledRows: preview.length, remembered: null };
      return { fileName, mapping, signature, preview, ...nothing };
    }
    const inspection = await inspectOnThread(await open(), request);
    const isAsked = site !== undefined && request.chosen === undefined && !request.anew;
    const known = isAsked ? await this.#repository.mapping(site.id, inspection.signature) : undefined;
    if (known === undefined) return { ...inspection, remembered: null };
    const remembered = { fileName: known.file_name, at: known.used_at.toISOString(), by: known.actor_name };
    try {
      const preview = await previewOnThread(await open(), known.mapping, request);
      if (countRead(preview) >= countRead(inspection.preview))
        return { ...inspection, mapping: known.mapping, preview, warnings: [], remembered };
    } catch (error) {
      if (!isMillwrightError(error)) throw error;
    }
    const warning = guessNotes['corrections-misfit']({ file: known.file_name });
    return { ...inspection, warnings: [warning, ...inspection.warnings], remembered: null };
  }

  /** Corrections that are offered for the next file of the same columns. */
  async mappings(actor: Actor): Promise<MappingRow[]> {
    requirePermission(actor, 'cloud.data.read');
    return this.#repository.mappings(actor.siteIds);
  }

  /** `site`: name or id. */
  async forgetMapping(actor: Actor, site: string, signature: string): Promise<void> {
    const { id } = await this.#parts.plant.site(actor, site);
    requirePermission(actor, 'cloud.data.import', id);
    if (!(await this.#repository.forget(id, signature))) throw cloudErrors.MAPPING_UNKNOWN({ signature });
  }

  /** Checks the request, makes source and site where asked, and queues the import. */
  async start(actor: Actor, request: ImportRequest): Promise<{ importId: string; job: Job }> {
    requirePermission(actor, 'cloud.data.import');
    await this.#requireUpload(request.hash);
    const site = await this.#site(actor, request);
    requirePermission(actor, 'cloud.data.import', site.id);
    const name = request.source ?? request.fileName.replace(/^.*[/\\]/, '').replace(/\.[^.]+$/, '');
    const source =
      (await this.#parts.sources.find(actor, site.id, name)) ??
      (await this.#parts.sources.create(actor, { siteId: site.id, name, kind: fileKind }));
    if (source.kind !== fileKind) throw cloudErrors.SOURCE_KIND_MISMATCH({ name, kind: source.kind });
    const timezone = request.timezone ?? site.timezone!;
    const inspected = request.mapping ? undefined : await this.inspect(actor, { ...request, site: site.id, timezone });
    const mapping = parseFileMapping(request.mapping ?? inspected!.mapping);
    if (request.timezone && !request.mapping) mapping.time.timezone = request.timezone;
    const id = newId();
    const now = this.#parts.clock.now();
    await this.#repository.insert({
      id,
      source_id: source.id,
      site_id: site.id,
      file_name: request.fileName,
      file_hash: request.hash,
      file_size: (await this.#parts.blobs.stat(request.hash)).size,
      mapping,
      at: now,
      actor_name: actor.name,
      warnings: [...(inspected?.warnings ?? [])],
    });
    if (request.mapping && request.remember && mapping.header.length > 0)
      await this.#repository.remember({
        ...{ site_id: site.id, signature: mappingSignature(mapping.header), mapping },
        ...{ used_at: now, file_name: request.fileName, actor_name: actor.name },
      });
    const job = await this.#parts.jobs.enqueue(
      actor,
      jobType,
      { importId: id },
      { siteId: site.id, subject: request.fileName },
    );
    return { importId: id, job };
  }

  async list(actor: Actor): Promise<ImportRow[]> {
    requirePermission(actor, 'cloud.data.read');
    return this.#repository.list(actor.siteIds);
  }

  async #site(actor: Actor, request: ImportRequest) {
    if (!request.createSite) return this.#parts.plant.site(actor, request.site);
    const found = await this.#parts.plant.findSite(actor, request.site);
    return (
      found ??
      this.#parts.plant.create(actor, { kind: 'site', parentId: null, name: request.site, timezone: request.timezone })
    );
  }

  async #requireUpload(hash: string): Promise<void> {
    if (!(await this.#parts.blobs.has(hash))) throw cloudErrors.UPLOAD_UNKNOWN({ hash });
  }

  /** A path where the store has files, so that a workbook need not pass through memory twice; else a stream. */
  async #open(hash: string): Promise<FileInput> {
    return this.#parts.blobs.localPath?.(hash) ?? (await this.#parts.blobs.get(hash));
  }

  async #run(importId: string, context: JobContext): Promise<ImportResult> {
    const row = (await this.#repository.byId(importId))!;
    const { store, ledger, db } = this.#parts;
    const source = await this.#parts.sources.source(context.actor, row.source_id);
    const attempt = await this.#repository.begin(importId);
    const tally = new ImportTally();
    const reading = readOnThread(await this.#open(row.file_hash), row.mapping, {
      fileName: row.file_name,
      signal: context.signal,
      batchSize: digestBatchSize,
      onReject: async (rejections) => {
        tally.unread(rejections);
        await store.reject(row.source_id, rejections, importId);
      },
    });
    const digest = new DigestWriter();
    const ensured = new Map<string, Point>();
    const warnings = [...row.warnings];
    const stored = async (part: IncomingBatch & { row: Int32Array }, written: Promise<StoreReceipt>) => {
      tally.stored(part, await written);
    };
    // The next part is read and checked while the database stores the one before.
    let before = Promise.resolve();
    for await (const batch of reading) {
      context.signal.throwIfAborted();
      digest.add(batch);
      if (batch.announced.length > 0)
        warnings.push(...(await this.#ensure(context.actor, row, source.siteId, batch, ensured)));
      for (const part of partsOf(batch, row)) {
        const written = stored(part, store.write(part));
        // Whoever waits for it hears of a failure; this only keeps it from ending the process before.
        written.catch(() => undefined);
        await before;
        before = written;
      }
      context.progress(
        reading.summary.rows / estimateRows(row, reading),
        importNotes.progress({ rows: reading.summary.rows }),
      );
    }
    await before;
    await store.rollups.flush();
    const { summary } = reading;
    const finding = await ledger.conclude(context.actor, {
      method: methodId,
      parameters: { mapping: row.mapping, fileName: row.file_name },
      inputs: [{ kind: 'blob', reference: { hash: row.file_hash } }],
      subject: row.source_id,
      siteId: row.site_id,
      // Hashed while it was stored; reading a large file a second time would tell nothing new.
      output: digest.finish(summary),
    });
    const zone = row.mapping.time.timezone;
    const result: ImportResult = {
      importId,
      source: { id: source.id, name: source.name },
      rows: summary.rows,
      ...tally.rows(),
      readings: { ...tally.readings, gaps: summary.gaps },
      from: isoIn(zone, tally.from),
      to: isoIn(zone, tally.to),
      points: summary.points.map(({ key }, index) => {
        const point = ensured.get(key)!;
        return { id: point.id, name: point.name, unit: point.unit, count: tally.count(index) };
      }),
      rejects: tally.rejects().map(({ row: at, reason, key, raw }) => ({
        row: at ?? null,
        reason: textOf(reason),
        note: isNote(reason) ? reason : null,
        key,
        raw: raw === undefined ? undefined : storableText(raw, 200),
      })),
      warnings,
      resumed: attempt > 1,
      evidence: finding.id,
    };
    await db.transaction(async () => {
      await this.#repository.finish(importId, result, finding.id);
      const { rows, accepted, rejected, duplicates } = result;
      const content = {
        importId,
        file: row.file_hash,
        fileName: row.file_name,
        rows,
        accepted,
        rejected,
        duplicates,
        finding: finding.id,
      };
      await ledger.record(context.actor, {
        type: 'cloud.import',
        subject: row.source_id,
        siteId: row.site_id,
        content,
      });
    });
    return result;
  }

  /** Makes the points that are new; says of known ones where the file gives them in another unit. */
  async #ensure(
    actor: Actor,
    row: ImportRow,
    siteId: string,
    batch: ReadingBatch,
    ensured: Map<string, Point>,
  ): Promise<Note[]> {
    const { stamp, intervalSeconds } = row.mapping.time;
    const points = await this.#parts.points.ensure(
      actor,
      { id: row.source_id, siteId },
      batch.announced.map((point) => ({
        key: point.key,
        name: point.name,
        unit: point.unit !== undefined && isUnit(point.unit) ? point.unit : '1',
        kind: point.kind,
        stamp,
        intervalSeconds: intervalSeconds ?? null,
        carrier: point.carrier ?? null,
        quantity: point.quantity ?? null,
      })),
    );
    for (const point of points) ensured.set(point.key, point);
    return batch.announced.flatMap(({ key, unit }) => {
      const kept = ensured.get(key)!.unit;
      if (unit === undefined || unit === kept || !isUnit(unit)) return [];
      return [guessNotes['other-unit']({ point: key, unit, kept })];
    });
  }
}

interface ImportParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly jobs: Jobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly plant: PlantService;
  readonly sources: SourceService;
  readonly points: PointService;
  readonly store: MeasurementStore;
}

/** Cuts a batch into pieces of the size that lets other queries in between. */
function* partsOf(batch: ReadingBatch, row: ImportRow): Generator<IncomingBatch & { row: Int32Array }> {
  for (let from = 0; from < batch.length; from += storeBatch) {
    const to = Math.min(from + storeBatch, batch.length);
    yield {
      sourceId: row.source_id,
      keys: batch.keys,
      keyIndex: batch.keyIndex.subarray(from, to),
      time: batch.time.subarray(from, to),
      value: batch.value.subarray(from, to),
      quality: batch.quality.subarray(from, to),
      row: batch.row.subarray(from, to),
      historical: true,
      importId: row.id,
    };
  }
}

const bytesPerRowGuess = 60;

function estimateRows(row: ImportRow, reading: FileReading): number {
  return Math.max(reading.summary.rows * 1.02, row.file_size / bytesPerRowGuess, 1);
}

/** ISO 8601 with the zone's offset at that time; null when there is none. */
function isoIn(zone: string, time: number): string | null {
  if (!Number.isFinite(time)) return null;
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  const offset = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' })
    .formatToParts(time)
    .find(({ type }) => type === 'timeZoneName')!
    .value.replace('GMT', '');
  const fraction = new Date(time).toISOString().slice(19, 23).replace('.000', '');
  return `${format.format(time).replace(' ', 'T')}${fraction}${offset || 'Z'}`;
}
