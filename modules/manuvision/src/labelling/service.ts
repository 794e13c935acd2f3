import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { Actor, Clock } from '@millwright/kernel';
import { hashOf, type Ledger } from '@millwright/ledger';
import { type PictureAnswer, type PictureChange, toPicture } from '../datasets/service/schemas.ts';
import { type DatasetService, readingOf } from '../datasets/service/service.ts';
import type { InspectionService } from '../inspections/service.ts';
import type { DatasetRow, PictureRow, WordRow } from '../schema.ts';
import { manuvisionServiceErrors } from '../service-errors.ts';
import { InspectionProcess } from '../work/inspection-process.ts';
import { localBlob } from '../work/local-blob.ts';
import { writeRecorded } from '../write-recorded.ts';
import { checkRegions } from './check-regions.ts';
import { Presence, type Present } from './presence.ts';
import type { Region } from './region.ts';
import { LabellingRepository } from './repository.ts';
import type {
  HistoryAnswer,
  LabelsAnswer,
  LabelsInput,
  SettleInput,
  SuggestionAnswer,
  SuggestionInput,
} from './schemas.ts';
import { TileCache, type TilePlace } from './tile-cache.ts';
import { lastWords, openDisagreement } from './words.ts';

interface LabellingParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly blobs: Blobs;
  readonly datasets: DatasetService;
  readonly inspections: InspectionService;
  /** Where converted networks are kept. */
  readonly cache: string;
  /** For what can be made again: tiles, models. */
  readonly folder: string;
}

/** The process that suggests ends when nobody has asked for so long. */
const idleMs = 300_000;

/** What is said of a picture. */
type Said = Pick<WordRow, 'label' | 'class_name' | 'regions' | 'settled_for'>;

/** What people say of the pictures of a data set; every word is kept, the last one counts. */
export class LabellingService {
  #parts: LabellingParts;
  #repository: LabellingRepository;
  #presence: Presence;
  #tiles: TileCache;
  #process = new InspectionProcess();
  #idle: NodeJS.Timeout | undefined;

  constructor(parts: LabellingParts) {
    this.#parts = parts;
    this.#repository = new LabellingRepository(parts.db);
    this.#presence = new Presence(parts.clock);
    this.#tiles = new TileCache(parts.blobs, join(parts.folder, 'tiles'));
  }

  async labels(actor: Actor, id: string, pictureId: string): Promise<LabelsAnswer> {
    const { picture } = await this.#parts.datasets.picture(actor, id, pictureId, 'read');
    return toLabels(picture, await this.#repository.words(pictureId));
  }

  /** Oldest first. */
  async history(actor: Actor, id: string, pictureId: string): Promise<HistoryAnswer> {
    await this.#parts.datasets.picture(actor, id, pictureId, 'read');
    const words = await this.#repository.words(pictureId);
    return {
      items: words.map((word) => ({
        ...{ revision: word.revision, at: word.at.toISOString(), by: word.actor_name },
        ...{ label: word.label, class: word.class_name, regions: word.regions.length },
        settled: word.settled_for !== null,
      })),
    };
  }

  /**
   * Says what a picture shows. Throws MANUVISION_LABELS_CHANGED where somebody said something since the revision that was
   * looked at, MANUVISION_REGION_INVALID, MANUVISION_GOOD_WITH_REGIONS.
   */
  async save(actor: Actor, id: string, pictureId: string, input: LabelsInput): Promise<LabelsAnswer> {
    const { dataset, picture } = await this.#parts.datasets.picture(actor, id, pictureId, 'write');
    const { revision, label, regions } = input;
    if (label === 'good' && regions.length > 0)
      throw manuvisionServiceErrors.MANUVISION_GOOD_WITH_REGIONS({ regions: regions.length });
    checkRegions(regions, picture);
    const class_name = label === 'good' ? null : (input.class ?? regions[0]?.class ?? 'defect');
    return this.#say(actor, dataset, pictureId, revision, () => ({ label, class_name, regions, settled_for: null }));
  }

  /** Says anew whether a picture shows a defect, and which, whatever was said meanwhile. Regions of a defect stay. */
  async relabel(actor: Actor, id: string, pictureId: string, to: PictureChange): Promise<PictureAnswer> {
    const { datasets } = this.#parts;
    const { dataset } = await datasets.picture(actor, id, pictureId, 'write');
    await this.#say(actor, dataset, pictureId, undefined, (before, words) => {
      const class_name = to.label === 'good' ? null : (to.class ?? 'defect');
      // What was drawn of the class that the picture had is now of the class that it gets.
      const renamed = ({ class: name, ...region }: Region): Region => ({
        ...region,
        class: name === before.class_name ? class_name! : name,
      });
      const regions = to.label === 'good' ? [] : (words.at(-1)?.regions ?? []).map(renamed);
      return { label: to.label, class_name, regions, settled_for: null };
    });
    return toPicture((await datasets.picture(actor, id, pictureId, 'read')).picture);
  }

  /** Ends a disagreement: the last word of a person counts. Throws as `save`, and MANUVISION_WORD_UNKNOWN. */
  async settle(actor: Actor, id: string, pictureId: string, { revision, actorId }: SettleInput): Promise<LabelsAnswer> {
    const { dataset } = await this.#parts.datasets.picture(actor, id, pictureId, 'write');
    return this.#say(actor, dataset, pictureId, revision, (_, words) => {
      const word = lastWords(words).find(({ actor_id }) => actor_id === actorId);
      if (!word) throw manuvisionServiceErrors.MANUVISION_WORD_UNKNOWN({ person: actorId });
      return { label: word.label, class_name: word.class_name, regions: word.regions, settled_for: actorId };
    });
  }

  /** Notes at which picture somebody is, and says who is at what. */
  async here(actor: Actor, id: string, pictureId: string | null): Promise<Present[]> {
    const { datasets } = this.#parts;
    if (pictureId === null) await datasets.row(actor, id, 'read');
    else await datasets.picture(actor, id, pictureId, 'read');
    return this.#presence.here(actor, id, pictureId);
  }

  /**
   * Where defects may be, by a trained inspection of the data set; nothing is kept of it. Throws MANUVISION_NOTHING_TRAINED,
   * and what judging throws.
   */
  async suggest(actor: Actor, id: string, pictureId: string, asked: SuggestionInput): Promise<SuggestionAnswer> {
    const { datasets, inspections, blobs, cache, folder } = this.#parts;
    const { dataset, picture } = await datasets.picture(actor, id, pictureId, 'read');
    const { inspection, version } = await inspections.ofDataset(actor, dataset, asked);
    clearTimeout(this.#idle);
    const model = await localBlob(blobs, version.model, join(folder, 'models'));
    const found = await this.#process.suggest({ model, picture: await blobs.read(picture.hash), cache });
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#process.close(), idleMs).unref();
    const { verdict, class: name, score, threshold, regions } = found;
    return {
      regions: regions.map((region) => ({ id: randomUUID(), ...region })),
      ...{ label: verdict === 'ok' ? 'good' : 'defect', class: name, score, threshold },
      inspection: { id: inspection.id, name: inspection.name, version: version.version },
    };
  }

  /** JPEG. Throws MANUVISION_TILE_UNKNOWN. */
  async tile(actor: Actor, id: string, pictureId: string, place: TilePlace): Promise<Uint8Array> {
    const { dataset, picture } = await this.#parts.datasets.picture(actor, id, pictureId, 'read', { removed: true });
    const tile = await this.#tiles.tile(picture, place, readingOf(dataset));
    const { level, column, row } = place;
    if (!tile) throw manuvisionServiceErrors.MANUVISION_TILE_UNKNOWN({ level, column, row });
    return tile;
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    await this.#process.close();
  }

  /** @param seen revision that was looked at; left out, any */
  async #say(
    ...[actor, dataset, pictureId, seen, said]: [
      actor: Actor,
      dataset: DatasetRow,
      pictureId: string,
      seen: number | undefined,
      said: (before: PictureRow, words: readonly WordRow[]) => Said,
    ]
  ): Promise<LabelsAnswer> {
    const { clock, db } = this.#parts;
    return db.transaction(async () => {
      const before = await this.#repository.lock(pictureId);
      const words = await this.#repository.words(pictureId);
      const last = words.at(-1);
      if (seen !== undefined && seen !== before.revision)
        throw manuvisionServiceErrors.MANUVISION_LABELS_CHANGED({
          ...{ revision: before.revision, by: (last ?? before).actor_name },
          at: (last?.at ?? before.created_at).toISOString(),
        });
      const word: WordRow = {
        ...{ picture_id: pictureId, revision: before.revision + 1, at: clock.now() },
        ...{ actor_id: actor.id, actor_name: actor.name, ...said(before, words) },
      };
      const all = [...words, word];
      const values = {
        ...{ label: word.label, class_name: word.class_name, revision: word.revision },
        region_count: word.regions.length,
        labelled_by: [...new Set(lastWords(all).map(({ actor_name }) => actor_name))].sort(),
        disagreement: openDisagreement(all, before),
      };
      const change = {
        ...{ type: word.settled_for === null ? 'picture-change' : 'picture-settle', subject: dataset.id },
        ...{ siteId: dataset.site_id, content: recorded(word, before) },
      };
      await writeRecorded(this.#parts, actor, change, () => this.#repository.insert(word, values));
      return toLabels({ ...before, ...values }, all);
    });
  }
}

/** Regions by number and hash: the words themselves are kept whole. */
const recorded = (word: WordRow, { id: picture, hash }: PictureRow) => ({
  ...{ picture, hash, revision: word.revision, label: word.label, class: word.class_name },
  ...(word.regions.length > 0 ? { regions: word.regions.length, regionsHash: hashOf(word.regions) } : {}),
  ...(word.settled_for === null ? {} : { settledFor: word.settled_for }),
});

const toLabels = (picture: PictureRow, words: readonly WordRow[]): LabelsAnswer => ({
  ...{ revision: picture.revision, label: picture.label, class: picture.class_name },
  regions: [...(words.at(-1)?.regions ?? [])],
  people: lastWords(words).map((word) => ({
    ...{ actorId: word.actor_id, actorName: word.actor_name, at: word.at.toISOString() },
    ...{ label: word.label, class: word.class_name, regions: [...word.regions] },
  })),
  disagreement: picture.disagreement && { ...picture.disagreement, people: [...picture.disagreement.people] },
});
