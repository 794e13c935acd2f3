import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Job, JobContext, Jobs } from '@millwright/jobs';
import { type Actor, type Clock, isMillwrightError } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { z } from 'zod';
import { labelsInput } from '../../labelling/schemas.ts';
import type { LabellingService } from '../../labelling/service.ts';
import { dataSetErrors } from '../errors.ts';
import { groupPattern } from '../group-pattern.ts';
import { dataSetNotes, type LeftOut } from '../notes.ts';
import { picturesToWrite } from '../pictures-to-write.ts';
import type { DatasetService } from '../service/service.ts';
import { withoutTop } from '../without-top.ts';
import type { PictureToWrite } from '../writers/lay-out.ts';
import { openZip } from '../zip-source.ts';
import { type ImportQuery, type ImportResult, importQuery } from './schemas.ts';

interface ImportParts {
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly jobs: Jobs;
  readonly datasets: DatasetService;
  readonly labelling: LabellingService;
  /** For what was sent, until it is taken in. */
  readonly folder: string;
}

const jobType = 'manuvision.dataset-import';
/** What was sent and never taken in, because a server ended meanwhile. */
const oldMs = 7 * 86_400_000;

/** Takes pictures with their labels into a data set, as a job. */
export class DatasetImportService {
  #parts: ImportParts;

  constructor(parts: ImportParts) {
    this.#parts = parts;
    parts.jobs.define({
      type: jobType,
      // What was sent lies beside this process.
      place: 'server',
      schema: z.object({ datasetId: z.string(), file: z.uuid(), query: importQuery }),
      run: async ({ datasetId, file, query }, context) => {
        try {
          return await this.#take(datasetId, this.#place(file), query, context);
        } finally {
          await rm(this.#place(file), { force: true });
        }
      },
    });
  }

  /** Keeps a ZIP and queues its import. Throws MANUVISION_OPTION_INVALID, MANUVISION_ZIP_REFUSED, MANUVISION_OUT_FAILED. */
  async start(actor: Actor, id: string, query: ImportQuery, content: Readable): Promise<Job> {
    const { datasets, jobs, folder } = this.#parts;
    const { name, site_id: siteId } = await datasets.row(actor, id, 'write');
    groupPattern(query.group);
    await mkdir(folder, { recursive: true });
    await this.#forgetOld();
    const file = randomUUID();
    const path = this.#place(file);
    try {
      await pipeline(content, createWriteStream(path)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'ENOSPC' && error.code !== 'EDQUOT') throw error;
        throw dataSetErrors.MANUVISION_OUT_FAILED({ path: query.fileName, reason: 'the disk is full' }, error);
      });
      // What is no archive is refused to whoever sent it, not by a job.
      await (await openZip(path, query.fileName)).close();
      return await jobs.enqueue(actor, jobType, { datasetId: id, file, query }, { siteId, subject: name });
    } catch (error) {
      await rm(path, { force: true });
      throw error;
    }
  }

  #place = (file: string): string => join(this.#parts.folder, `${file}.zip`);

  async #forgetOld(): Promise<void> {
    const { folder, clock } = this.#parts;
    for (const name of await readdir(folder)) {
      const facts = await stat(join(folder, name)).catch(() => undefined);
      if (facts && clock.now().getTime() - facts.mtimeMs > oldMs) await rm(join(folder, name), { force: true });
    }
  }

  async #take(id: string, path: string, query: ImportQuery, context: JobContext): Promise<ImportResult> {
    const { datasets, ledger } = this.#parts;
    const { actor, signal, progress } = context;
    const { site_id: siteId } = await datasets.row(actor, id, 'write');
    const source = await openZip(path, query.fileName);
    const leftOut: LeftOut[] = [];
    const tally = { added: 0, good: 0, regions: 0, duplicates: 0 };
    const classes = new Map<string, number>();
    const refused: ImportResult['refused'] = [];
    try {
      const how = { half: 'both' as const, ...groupPattern(query.group) };
      const work = { signal, progress };
      const pictures = picturesToWrite(withoutTop(source, query.fileName), how, leftOut, work, { asTheyAre: true });
      for await (const picture of pictures)
        try {
          const { className, regions } = await this.#add(actor, id, picture, query, leftOut);
          tally.added += 1;
          tally.regions += regions;
          if (className === null) tally.good += 1;
          else classes.set(className, (classes.get(className) ?? 0) + 1);
        } catch (error) {
          if (!isMillwrightError(error)) throw error;
          const { code, message, details } = error;
          if (code === 'MANUVISION_PICTURE_TWICE') tally.duplicates += 1;
          else refused.push({ name: picture.name, error: { code, message, details } });
        }
    } finally {
      await source.close();
      const content = { file: query.fileName, ...tally, refused: refused.length, leftOut: leftOut.length };
      await ledger.record(actor, { type: 'manuvision.dataset-import', subject: id, siteId, content });
    }
    return { ...tally, classes: Object.fromEntries(classes), leftOut, refused };
  }

  async #add(
    ...[actor, id, picture, query, leftOut]: [
      actor: Actor,
      id: string,
      picture: PictureToWrite,
      query: ImportQuery,
      leftOut: LeftOut[],
    ]
  ): Promise<{ className: string | null; regions: number }> {
    const { datasets, labelling } = this.#parts;
    const label = picture.label ?? query.rest;
    const own = picture.label === null ? query.class : (picture.className ?? picture.regions[0]?.class);
    const named = label === 'defect' ? own?.trim().slice(0, mostLetters) || 'defect' : undefined;
    const said = { label, ...(named === undefined ? {} : { class: named }) };
    const group = picture.group === picture.name ? {} : { group: picture.group.slice(-200) };
    const content = Buffer.from(await picture.read());
    const added = await datasets.addPicture(
      actor,
      id,
      { fileName: picture.name.slice(-300), ...said, ...group },
      content,
    );
    if (picture.regions.length === 0) return { className: added.class, regions: 0 };
    const drawn = picture.regions.map((region) => ({ id: randomUUID(), ...region }));
    const words = labelsInput.safeParse({ revision: 0, ...said, regions: drawn });
    if (!words.success) {
      const [problem] = words.error.issues;
      const reason = `${problem?.path.join('.')}: ${problem?.message}`;
      leftOut.push({ name: picture.name, reason: dataSetNotes['regions-refused']({ count: drawn.length, reason }) });
      return { className: added.class, regions: 0 };
    }
    await labelling.save(actor, id, added.id, words.data);
    return { className: added.class, regions: drawn.length };
  }
}

/** Of the name of a class. */
const mostLetters = 100;
