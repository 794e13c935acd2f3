import { AsyncLocalStorage } from 'node:async_hooks';
import type { Readable } from 'node:stream';
import type { BlobContent, BlobEntry, Blobs } from '@millwright/blobs';
import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { Job, JobContext, Jobs } from '@millwright/jobs';
import { type Actor, type Clock, type Events, newId, requirePermission } from '@millwright/kernel';
import { hashOf, type Ledger } from '@millwright/ledger';
import { z } from 'zod';
import type { CameraService } from '../../cameras/service.ts';
import type { EventService } from '../../events/service.ts';
import type { LookLog } from '../../privacy/look-log.ts';
import type { AttributeExampleRow, AttributeRow, AttributeVersionRow } from '../../schema.ts';
import { attributeErrors } from '../errors.ts';
import { sizeOf } from '../features/pixels.ts';
import { attributeNotes } from '../notes.ts';
import { encodePatch, patchOf } from '../pictures/patch-file.ts';
import { readPixels } from '../pictures/read-pixels.ts';
import type { Taught } from '../teaching/teach.ts';
import { defaultSeed, mostExamples } from '../teaching/teach.ts';
import { type AttributeParameters, attributeMethod, attributeMethodId } from './attribute-method.ts';
import { AttributePeople } from './attribute-people.ts';
import { AttributeRepository } from './repository.ts';
import type {
  AttributeAnswer,
  AttributeInput,
  AttributeInUse,
  AttributeUse,
  Candidates,
  ExampleAnswer,
  ExampleInput,
  LookAnswer,
  VersionAnswer,
} from './schemas.ts';
import { shownInPixels } from './shown-in-pixels.ts';

declare module '@millwright/kernel' {
  interface EventMap {
    /** Which attributes are told on cameras of this site, or by which version, was changed. */
    'attribute-change': { readonly siteId: string };
  }
}

interface AttributeParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly events: Events;
  readonly jobs: Jobs;
  readonly cloud: CloudServices;
  readonly seen: EventService;
  readonly cameras: CameraService;
  readonly looks: LookLog;
}

const jobType = 'matrixvision.attribute-teach';

/** Attributes that users teach: examples, versions of what was taught, and where they are told. */
export class AttributeService {
  #parts: AttributeParts;
  #repository: AttributeRepository;
  /** Which job a run of the method belongs to, so that it shows its progress; a run by `verify` belongs to none. */
  #following = new AsyncLocalStorage<JobContext>();
  readonly people: AttributePeople;

  constructor(parts: AttributeParts) {
    this.#parts = parts;
    this.#repository = new AttributeRepository(parts.db);
    this.people = new AttributePeople({ ...parts, repository: this.#repository });
    parts.ledger.registerMethod(attributeMethod(parts.blobs, () => this.#following.getStore()));
    parts.jobs.define({
      type: jobType,
      schema: z.object({ attributeId: z.string() }),
      run: ({ attributeId }, context) => this.#teach(attributeId, context),
    });
  }

  async list(actor: Actor): Promise<AttributeAnswer[]> {
    requirePermission(actor, 'matrixvision.attribute.read');
    return this.#answers(await this.#repository.list(actor.siteIds));
  }

  async attribute(actor: Actor, id: string): Promise<AttributeAnswer> {
    return (await this.#answers([await this.#row(actor, id, 'read')]))[0]!;
  }

  async create(actor: Actor, { siteId, name, part }: AttributeInput): Promise<AttributeAnswer> {
    requirePermission(actor, 'matrixvision.attribute.write', siteId);
    await this.#parts.cloud.plant.node(actor, siteId);
    const row: AttributeRow = {
      ...{ id: newId(), site_id: siteId, name, part, cameras: null, active_version: null },
      ...{ created_at: this.#parts.clock.now(), removed_at: null },
    };
    await this.#write(actor, row, 'attribute-create', { name, part }, () => this.#repository.insert(row));
    return this.attribute(actor, row.id);
  }

  /** Takes it away; what was concluded with it stays provable. */
  async remove(actor: Actor, id: string): Promise<void> {
    const row = await this.#row(actor, id, 'write');
    await this.#write(actor, row, 'attribute-remove', { name: row.name }, () =>
      this.#repository.change(id, { removed_at: this.#parts.clock.now() }),
    );
    this.#changed(row);
  }

  async restore(actor: Actor, id: string): Promise<AttributeAnswer> {
    const row = await this.#row(actor, id, 'write', { removed: true });
    await this.#write(actor, row, 'attribute-restore', { name: row.name }, () =>
      this.#repository.change(id, { removed_at: null }),
    );
    this.#changed(row);
    return this.attribute(actor, id);
  }

  async upload(actor: Actor, content: BlobContent): Promise<BlobEntry> {
    requirePermission(actor, 'matrixvision.attribute.write');
    return this.#parts.blobs.put(content);
  }

  /** In the order of their coming. */
  async examples(actor: Actor, id: string): Promise<ExampleAnswer[]> {
    const attribute = await this.#row(actor, id, 'read');
    const [newest] = await this.#repository.versions(id);
    const doubts = new Map(newest?.result.doubtful.map((one) => [one.id, one.probability]));
    const rows = await this.#repository.examples(id);
    const hidden = await this.people.hidden(actor, attribute, rows);
    return rows.map((row) => toExample(row, { probability: doubts.get(row.id) ?? null, hidden: hidden.has(row.id) }));
  }

  /** People of events and cameras of the site who are no examples yet. */
  async candidates(actor: Actor, id: string, filter: { camera?: string | undefined } = {}): Promise<Candidates> {
    return this.people.candidates(actor, await this.#row(actor, id, 'read'), filter);
  }

  async look(actor: Actor, id: string, filter: { camera?: string | undefined } = {}): Promise<LookAnswer> {
    return this.people.look(actor, await this.#row(actor, id, 'write'), filter);
  }

  async candidatePicture(actor: Actor, id: string, candidateId: string): Promise<Uint8Array> {
    return this.people.picture(actor, await this.#row(actor, id, 'read'), candidateId);
  }

  /** Throws what reading each picture throws; those before it are kept. */
  async addExamples(actor: Actor, id: string, inputs: readonly ExampleInput[]): Promise<ExampleAnswer[]> {
    const attribute = await this.#row(actor, id, 'write');
    const held = await this.#repository.examples(id);
    if (held.length + inputs.length > mostExamples)
      throw attributeErrors.ATTRIBUTE_TOO_MANY({ count: held.length + inputs.length, most: mostExamples });
    const added: ExampleAnswer[] = [];
    for (const input of inputs) added.push(await this.#addExample(actor, attribute, input));
    return added;
  }

  async changeExample(actor: Actor, id: string, exampleId: string, present: boolean): Promise<ExampleAnswer> {
    const { attribute, example } = await this.#example(actor, id, exampleId, 'write');
    await this.#write(actor, attribute, 'attribute-example-change', { example: exampleId, present }, () =>
      this.#repository.changeExample(exampleId, { present }),
    );
    return this.#toExample(actor, attribute, { ...example, present });
  }

  async removeExample(actor: Actor, id: string, exampleId: string): Promise<void> {
    const { attribute } = await this.#example(actor, id, exampleId, 'write');
    await this.#write(actor, attribute, 'attribute-example-remove', { example: exampleId }, () =>
      this.#repository.changeExample(exampleId, { removed_at: this.#parts.clock.now() }),
    );
  }

  async restoreExample(actor: Actor, id: string, exampleId: string): Promise<ExampleAnswer> {
    const { attribute, example } = await this.#example(actor, id, exampleId, 'write', { removed: true });
    await this.#write(actor, attribute, 'attribute-example-restore', { example: exampleId }, () =>
      this.#repository.changeExample(exampleId, { removed_at: null }),
    );
    return this.#toExample(actor, attribute, example);
  }

  /** The part as it is learnt from, PNG of 48 by 48 pixels. */
  async examplePicture(actor: Actor, id: string, exampleId: string): Promise<Readable> {
    const { attribute, example } = await this.#example(actor, id, exampleId, 'read', { removed: true });
    requirePermission(actor, 'matrixvision.video.read', attribute.site_id);
    if ((await this.people.hidden(actor, attribute, [example])).size > 0)
      requirePermission(actor, 'matrixvision.identity.read', attribute.site_id);
    return this.#parts.blobs.get(example.patch);
  }

  /** Queues the teaching from the examples that there are. */
  async teach(actor: Actor, id: string): Promise<Job> {
    const row = await this.#row(actor, id, 'write');
    return this.#parts.jobs.enqueue(actor, jobType, { attributeId: id }, { siteId: row.site_id, subject: row.name });
  }

  /** Newest first. */
  async versions(actor: Actor, id: string): Promise<VersionAnswer[]> {
    await this.#row(actor, id, 'read');
    return (await this.#repository.versions(id)).map(toVersion);
  }

  /** The model of a version, as a box or a file takes it. */
  async model(actor: Actor, id: string, version: number): Promise<AttributeInUse> {
    const row = await this.#row(actor, id, 'read');
    const { sha256, model } = await this.#version(row, version);
    return { sha256, model };
  }

  /** Says where it is told and by which version; `version` null takes it out of use. */
  async use(actor: Actor, id: string, { version, cameras }: AttributeUse): Promise<AttributeAnswer> {
    const row = await this.#row(actor, id, 'write');
    if (version !== null) await this.#version(row, version);
    const before = { version: row.active_version, cameras: row.cameras };
    await this.#write(actor, row, 'attribute-use', { before, after: { version, cameras } }, () =>
      this.#repository.change(id, { active_version: version, cameras }),
    );
    this.#changed(row);
    return this.attribute(actor, id);
  }

  /** What is told on a camera, for the analysis and for boxes. */
  async inUse(actor: Actor, siteId: string, cameraId: string): Promise<AttributeInUse[]> {
    requirePermission(actor, 'matrixvision.attribute.read', siteId);
    const rows = (await this.#repository.list([siteId])).filter(
      ({ cameras, active_version }) => active_version !== null && (cameras === null || cameras.includes(cameraId)),
    );
    return Promise.all(
      rows.map(async (row) => {
        const { sha256, model } = await this.#version(row, row.active_version!);
        return { sha256, model };
      }),
    );
  }

  async #addExample(actor: Actor, attribute: AttributeRow, input: ExampleInput): Promise<ExampleAnswer> {
    const { blobs, clock } = this.#parts;
    const { picture, fileName, group, source, shown, fractions } = await this.people.prepare(actor, attribute, input);
    const pixels = await readPixels(await blobs.read(picture), fileName);
    const patch = patchOf(pixels, attribute.part, fractions ? shownInPixels(shown, sizeOf(pixels)) : shown);
    if (!patch)
      throw attributeErrors.ATTRIBUTE_PICTURE_UNREADABLE({ file: fileName, reason: attributeNotes['part-unseen']() });
    const { hash } = await blobs.put(await encodePatch(patch), { mediaType: 'image/png' });
    const row: AttributeExampleRow = {
      ...{ id: newId(), attribute_id: attribute.id, picture, file_name: fileName, patch: hash },
      ...{ present: input.present, grouping: group, source, created_at: clock.now() },
      ...{ actor_id: actor.id, actor_name: actor.name, removed_at: null },
    };
    const content = { example: row.id, picture, present: row.present, source };
    await this.#write(actor, attribute, 'attribute-example-add', content, () => this.#repository.insertExample(row));
    return this.#toExample(actor, attribute, row);
  }

  async #toExample(actor: Actor, attribute: AttributeRow, row: AttributeExampleRow): Promise<ExampleAnswer> {
    const hidden = (await this.people.hidden(actor, attribute, [row])).has(row.id);
    return toExample(row, { probability: null, hidden });
  }

  async #teach(id: string, context: JobContext): Promise<VersionAnswer> {
    const { actor } = context;
    const row = await this.#row(actor, id, 'write');
    const examples = await this.#repository.examples(id);
    const present = examples.filter((example) => example.present).length;
    if (present < 2 || examples.length - present < 2)
      throw attributeErrors.ATTRIBUTE_ONE_CLASS({ present, absent: examples.length - present });
    const parameters: AttributeParameters = {
      ...{ name: row.name, part: row.part, seed: defaultSeed },
      examples: examples.map((one) => ({ id: one.id, present: one.present, group: one.grouping })),
    };
    const { db, ledger, clock } = this.#parts;
    const { id: findingId, output } = await this.#following.run(context, () =>
      ledger.conclude<Taught>(actor, {
        ...{ method: attributeMethodId, parameters, subject: id, siteId: row.site_id },
        inputs: examples.map(({ patch }) => ({ kind: 'blob', reference: { hash: patch } })),
      }),
    );
    const { model, ...result } = output;
    const version: AttributeVersionRow = await db.transaction(async () => {
      const [newest] = await this.#repository.versions(id);
      const added: AttributeVersionRow = {
        ...{ attribute_id: id, version: (newest?.version ?? 0) + 1, model, sha256: hashOf(model), result },
        ...{ finding_id: findingId, created_at: clock.now(), actor_id: actor.id, actor_name: actor.name },
      };
      await this.#repository.insertVersion(added);
      return added;
    });
    return toVersion(version);
  }

  async #answers(rows: readonly AttributeRow[]): Promise<AttributeAnswer[]> {
    const [counts, newest] = [await this.#repository.counts(), await this.#repository.newest()];
    const countOf = (id: string, present: boolean) =>
      counts.find((one) => one.attributeId === id && one.present === present)?.count ?? 0;
    return rows.map((row) => ({
      ...{ id: row.id, siteId: row.site_id, name: row.name, part: row.part },
      ...{ cameras: row.cameras && [...row.cameras], activeVersion: row.active_version },
      newestVersion: newest.get(row.id)?.version ?? 0,
      accuracy: accuracyOf(newest.get(row.id)?.validation),
      counts: { present: countOf(row.id, true), absent: countOf(row.id, false) },
      createdAt: row.created_at.toISOString(),
    }));
  }

  async #row(actor: Actor, id: string, right: 'read' | 'write', { removed = false } = {}): Promise<AttributeRow> {
    const row = await this.#repository.byId(id);
    if (!row) throw attributeErrors.ATTRIBUTE_UNKNOWN({ attribute: id });
    requirePermission(actor, `matrixvision.attribute.${right}`, row.site_id);
    if (row.removed_at && !removed) throw attributeErrors.ATTRIBUTE_UNKNOWN({ attribute: id });
    return row;
  }

  async #example(
    ...[actor, id, exampleId, right, { removed = false } = {}]: [
      actor: Actor,
      id: string,
      exampleId: string,
      right: 'read' | 'write',
      options?: { removed?: boolean },
    ]
  ): Promise<{ attribute: AttributeRow; example: AttributeExampleRow }> {
    const attribute = await this.#row(actor, id, right);
    const example = await this.#repository.example(exampleId);
    if (example?.attribute_id !== id || (example.removed_at && !removed))
      throw attributeErrors.ATTRIBUTE_EXAMPLE_UNKNOWN({ example: exampleId });
    return { attribute, example };
  }

  async #version(row: AttributeRow, version: number): Promise<AttributeVersionRow> {
    const found = await this.#repository.version(row.id, version);
    if (!found) throw attributeErrors.ATTRIBUTE_VERSION_UNKNOWN({ name: row.name, version });
    return found;
  }

  /** Writes and records in one transaction; a name or picture that is there already is said as such. */
  async #write(
    ...[actor, row, type, content, work]: [
      actor: Actor,
      row: AttributeRow,
      type: string,
      content: object,
      work: () => Promise<void>,
    ]
  ): Promise<void> {
    try {
      await this.#parts.db.transaction(async () => {
        await work();
        const action = { type: `matrixvision.${type}`, subject: row.id, siteId: row.site_id, content };
        await this.#parts.ledger.record(actor, action);
      });
    } catch (error) {
      const { code, constraint } = error as { code?: string; constraint?: string };
      if (code !== '23505') throw error;
      if (constraint === 'matrixvision_attribute_name')
        throw attributeErrors.ATTRIBUTE_EXISTS({ name: row.name }, error);
      if (constraint === 'matrixvision_attribute_example_patch')
        throw attributeErrors.ATTRIBUTE_EXAMPLE_TWICE({ attribute: row.name }, error);
      throw error;
    }
  }

  #changed({ site_id: siteId }: AttributeRow): void {
    this.#parts.events.emit('attribute-change', { siteId });
  }
}

const accuracyOf = (validation: Taught['validation'] | undefined): AttributeAnswer['accuracy'] =>
  validation ? { value: validation.accuracy, ...validation.interval } : null;

const toExample = (
  row: AttributeExampleRow,
  told: { readonly probability: number | null; readonly hidden: boolean },
): ExampleAnswer => ({
  ...{ id: row.id, present: row.present, fileName: row.file_name, group: row.grouping, source: { ...row.source } },
  ...{ at: row.created_at.toISOString(), by: row.actor_name, ...told },
});

function toVersion(row: AttributeVersionRow): VersionAnswer {
  const { examples, validation, curve, doubtful, notes } = row.result;
  return {
    ...{ version: row.version, learner: row.model.learner, sha256: row.sha256, findingId: row.finding_id },
    ...{ at: row.created_at.toISOString(), by: row.actor_name },
    ...{ examples, validation, curve: [...curve], doubtful: [...doubtful], notes: [...notes] },
  };
}
