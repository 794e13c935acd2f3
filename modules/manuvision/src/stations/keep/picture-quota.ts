import { setTimeout } from 'node:timers/promises';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Logger, operatorActor } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { StationRow } from '../../schema.ts';
import type { StationRepository } from '../repository.ts';
import { writeStation } from '../write-station.ts';
import { type KeptPicture, KeptPictures } from './kept-pictures.ts';
import { holdPictures } from './picture-lock.ts';

interface QuotaParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly repository: StationRepository;
}

const everyMs = 60_000;
const dayMs = 86_400_000;
const actor: Actor = { ...operatorActor, kind: 'job', id: 'station-pictures', name: 'quota of pictures' };

/** Removes pictures that a station may keep no longer, every minute; the verdicts stay and say so, and the ledger records it. */
export class PictureQuota {
  readonly #parts: QuotaParts;
  readonly #kept: KeptPictures;
  readonly #stop = new AbortController();
  #running: Promise<void> | undefined;

  constructor(parts: QuotaParts) {
    this.#parts = parts;
    this.#kept = new KeptPictures(parts.db);
  }

  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stop.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      await this.enforce().catch((error: unknown) => {
        if (!signal.aborted) this.#parts.logger.error({ err: error }, 'pictures beyond a quota could not be removed');
      });
      await setTimeout(everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  /** Brings the quotas of all stations into effect. */
  async enforce(): Promise<void> {
    const { repository, clock } = this.#parts;
    for (const { row } of await repository.list()) {
      const { days, megabytes } = row.keep;
      if (days !== null) {
        const before = new Date(clock.now().getTime() - days * dayMs);
        await this.#removeAll(row, 'days', days, () => this.#kept.olderThan(row.id, before));
      }
      if (megabytes !== null)
        await this.#removeAll(row, 'megabytes', megabytes, () => this.#kept.beyond(row.id, megabytes * 1e6));
    }
  }

  async #removeAll(
    station: StationRow,
    rule: 'days' | 'megabytes',
    limit: number,
    find: () => Promise<KeptPicture[]>,
  ): Promise<void> {
    for (;;) {
      const gone = await find();
      if (gone.length === 0) return;
      this.#stop.signal.throwIfAborted();
      const at = this.#parts.clock.now();
      const bytes = gone.reduce((sum, one) => sum + one.bytes, 0);
      const content = { rule, limit, pictures: gone.length, bytes, verdicts: gone.map(({ id }) => id) };
      await writeStation(this.#parts, actor, station, { type: 'pictures-remove', content }, () =>
        this.#kept.remove(content.verdicts, rule, at),
      );
      const files = new Set(gone.flatMap(({ picture, heatmap }) => [picture, heatmap ?? []].flat()));
      for (const hash of files) await this.#deleteUnnamed(hash);
    }
  }

  /** A file that another verdict or a data set has as well stays. */
  async #deleteUnnamed(hash: string): Promise<void> {
    const { db, blobs } = this.#parts;
    await db.transaction(async () => {
      await holdPictures(db);
      if (!(await this.#kept.isNamed(hash))) await blobs.delete(hash);
    });
  }
}
