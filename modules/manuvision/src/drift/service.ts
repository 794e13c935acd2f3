import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { LiveHub } from '@millwright/http';
import { type Actor, type Clock, isAllowed, newId } from '@millwright/kernel';
import { canonicalJson, type Ledger } from '@millwright/ledger';
import type { InspectionService } from '../inspections/service.ts';
import type { DriftRow, StationRow, VersionRow } from '../schema.ts';
import type { StationRepository } from '../stations/repository.ts';
import { stationFor } from '../stations/station-access.ts';
import type { StationPublisher } from '../stations/station-publisher.ts';
import {
  type DriftEvidence,
  type DriftOutput,
  type DriftParameters,
  driftMethod,
  driftMethodId,
} from './drift-method.ts';
import { driftEvery, driftOf, partsPerFalseAlarm } from './drift-watch.ts';
import { DriftRepository } from './repository.ts';
import type { DriftAnswer, DriftEvent } from './schemas.ts';

export interface DriftParts {
  readonly db: Database;
  readonly blobs: Blobs;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly live: LiveHub;
  readonly publisher: StationPublisher;
  readonly inspections: InspectionService;
  readonly stations: StationRepository;
}

/** Where it is published that a line has changed, and that it is over, as JSON of a DriftEvent. */
export const driftTopic = (stationId: string) => `millwright/stations/${stationId}/drift`;

/** Live values: every change of every station that the reader may see. */
export const driftLiveTopic = 'manuvision-drift:all';

const eventsShown = 20;

/** Watches whether the parts and pictures of a line are still like those of the training set. */
export class DriftService {
  readonly #parts: DriftParts;
  readonly #repository: DriftRepository;
  /** Parts of each station since it was looked at. */
  readonly #since = new Map<string, number>();

  constructor(parts: DriftParts) {
    this.#parts = parts;
    this.#repository = new DriftRepository(parts.db);
    parts.ledger.registerMethod(driftMethod(parts.blobs));
  }

  /** How the line is now against the training set of the version that judges it, and what changed before. */
  async drift(actor: Actor, stationId: string): Promise<DriftAnswer> {
    const station = await stationFor(this.#parts.stations, actor, stationId, 'read');
    const version = await this.#parts.inspections.version(actor, station.inspection_id, station.version);
    const evidence = await this.#evidence(station, version);
    const events = (await this.#repository.last(stationId, eventsShown)).map(toEvent);
    const said = { version: version.version, partsPerFalseAlarm, events };
    if (!evidence) return { ...said, known: false, parts: 0, quantities: [] };
    const { training, parts } = evidence;
    const quantities = driftOf(training, parts).map(({ series, ...one }) => ({
      ...one,
      course: parts.flatMap(({ at, [series]: value }) => (value === null ? [] : [{ at, value }])),
    }));
    return { ...said, known: true, parts: parts.length, quantities };
  }

  /**
   * A part was judged. Every so many the line is looked at; what has changed becomes a finding and is told, once, and once
   * more when it is over.
   */
  async judged(actor: Actor, station: StationRow, version: VersionRow): Promise<void> {
    const count = (this.#since.get(station.id) ?? 0) + 1;
    this.#since.set(station.id, count % driftEvery);
    if (count >= driftEvery) await this.#look(actor, station, version);
  }

  async #look(actor: Actor, station: StationRow, version: VersionRow): Promise<void> {
    const { db, blobs, ledger, clock } = this.#parts;
    const open = await this.#repository.open(station.id);
    const evidence = await this.#evidence(station, version);
    const found = evidence ? driftOf(evidence.training, evidence.parts) : [];
    const began = found.filter(
      ({ quantity, state }) => state === 'changed' && !open.some((one) => one.quantity === quantity),
    );
    // What another version said does not hold for this one.
    const over = open.filter(
      (one) =>
        one.inspection_id !== version.inspection_id ||
        one.version !== version.version ||
        found.some(({ quantity, state }) => quantity === one.quantity && state === 'as trained'),
    );
    if (began.length === 0 && over.length === 0) return;
    const now = clock.now();
    const { hash } = began.length > 0 ? await blobs.put(Buffer.from(canonicalJson(evidence))) : { hash: '' };
    const parameters: DriftParameters = {
      ...{ station: station.id, inspection: version.inspection_id, version: version.version },
    };
    const told = await db.transaction(async () => {
      const changed: DriftRow[] = over.map((one) => ({ ...one, ended_at: now }));
      for (const { id } of over) await this.#repository.end(id, now);
      if (began.length === 0) return changed;
      const { id: finding } = await ledger.conclude<DriftOutput>(actor, {
        ...{ method: driftMethodId, parameters, subject: station.id, siteId: station.site_id },
        inputs: [{ kind: 'blob', reference: { hash } }],
        output: { quantities: found } satisfies DriftOutput,
      });
      for (const { quantity, since } of began) {
        const row: DriftRow = {
          ...{ id: newId(), station_id: station.id, version: version.version, quantity, since: new Date(since!) },
          ...{ found_at: now, ended_at: null, finding_id: finding, inspection_id: version.inspection_id },
        };
        await this.#repository.insert(row);
        changed.push(row);
      }
      return changed;
    });
    for (const row of told) this.#tell(station, toEvent(row));
  }

  async #evidence(station: StationRow, version: VersionRow): Promise<DriftEvidence | undefined> {
    const { conditions: training } = version.result;
    if (!training) return undefined;
    const parts = await this.#repository.lastParts(station.id, version);
    return {
      training,
      parts: parts.map(({ id, at, score, conditions }) => ({
        ...{ verdict: id, at: at.toISOString(), score: score && Number(score.toPrecision(6)) },
        ...conditions!,
      })),
    };
  }

  #tell(station: StationRow, event: DriftEvent): void {
    const { live, publisher } = this.#parts;
    live.publish(driftLiveTopic, event, (reader) => isAllowed(reader, 'manuvision.station.read', station.site_id));
    publisher.publish(station, driftTopic(station.id), event);
  }
}

const toEvent = (row: DriftRow): DriftEvent => ({
  ...{ id: row.id, stationId: row.station_id, version: row.version, quantity: row.quantity },
  ...{ since: row.since.toISOString(), foundAt: row.found_at.toISOString() },
  ...{ endedAt: row.ended_at?.toISOString() ?? null, findingId: row.finding_id },
});
