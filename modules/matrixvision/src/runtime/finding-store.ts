import type { CloudServices } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { Actor, Clock, Logger } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { CameraService } from '../cameras/service.ts';
import { settingsOf } from '../cameras/service.ts';
import type { CrossingService } from '../crossings/service.ts';
import { attentionOf } from '../events/attention-of.ts';
import { EventProver } from '../events/prove-events.ts';
import type { EventService } from '../events/service.ts';
import type { CameraRow, CrossingRow, EventRow } from '../schema.ts';
import type { TrackService } from '../tracks/service.ts';
import type { DetectorUsed, FoundEvent } from './watched-camera.ts';

/** The analysis acts as the server itself: what it finds belongs to no person. */
export const analysisActor: Actor = { kind: 'job', id: 'matrixvision', name: 'MatrixVision', role: 'engineer' };

export interface Found {
  readonly runId: string;
  readonly ruleVersion: number;
  readonly events: readonly FoundEvent[];
  /** Hash of the JPEG. */
  readonly picture: string | null;
  /** Of the one with people covered. */
  readonly covered: string | null;
  /** Left out by a box of an older version. */
  readonly detector?: DetectorUsed | undefined;
}

export interface StoredClip {
  readonly eventIds: readonly string[];
  /** Hash of the MP4; null with the reason in `code`. */
  readonly clip: string | null;
  readonly code?: string | undefined;
  readonly from: number;
  readonly to: number;
}

export interface StoredChunk {
  readonly runId: string;
  readonly ruleVersion: number;
  readonly from: number;
  readonly to: number;
  readonly blob: string;
  readonly bytes: number;
  readonly observations: number;
  readonly tracks: number;
}

interface Parts {
  readonly db: Database;
  readonly cameras: CameraService;
  readonly events: EventService;
  readonly crossings: CrossingService;
  readonly tracks: TrackService;
  readonly ledger: Ledger;
  readonly alerts: CloudServices['alerts'];
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Takes in what cameras find, whether they run here or on an edge box; the pictures and clips are in `blobs` already. */
export class FindingStore {
  #parts: Parts;
  #prover: EventProver;

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#prover = new EventProver(parts);
  }

  async found(row: CameraRow, found: Found): Promise<void> {
    const { alerts, cameras, clock, crossings, db, events } = this.#parts;
    const { rules } = await cameras.rules(analysisActor, row.id, found.ruleVersion);
    const names = new Map(rules.rules.map(({ id, name }) => [id, name ?? id]));
    const common = {
      ...{ camera_id: row.id, rule_version: found.ruleVersion, run_id: found.runId },
      ...{ received_at: clock.now(), picture: found.picture, picture_covered: found.covered },
    };
    const rows = found.events.map((one) => ({
      ...eventRow(common, row, one, names.get(one.event.rule)),
      detector: found.detector ?? null,
    }));
    let fresh = new Set<string>();
    await db.transaction(async () => {
      // Told twice, it is the same: nothing is counted, and nobody is alerted, a second time.
      fresh = new Set(await events.repository.insertNew(rows));
      await crossings.add(found.events.filter(({ id }) => fresh.has(id)).flatMap((one) => crossingRow(common, one)));
      for (const event of rows)
        if (fresh.has(event.id) && event.kept_back === null) await alerts.raise(attentionOf(row, event));
    });
    for (const id of fresh) await events.complete(id, {});
  }

  /** Events of this server that have no proof yet, and are not known to get none; oldest first. */
  unfinished(): Promise<EventRow[]> {
    return this.#parts.events.repository.unfinished();
  }

  /** The proof of an event whose run has ended, so that no more of its tracks will come. */
  async proveLeft(id: string): Promise<void> {
    const found = await this.#parts.events.repository.byId(id);
    if (found) await this.#prover.proveLeft(analysisActor, found.event);
  }

  async clip(cameraId: string, { eventIds, clip, code, from, to }: StoredClip): Promise<void> {
    const { events, tracks } = this.#parts;
    // A box that was killed may know of an event that it had not handed over yet; one of another camera is none of its own.
    for (const id of await events.repository.ofCamera(cameraId, eventIds))
      await events.complete(
        id,
        clip
          ? { clip, clip_state: 'ready', clip_from: new Date(from), clip_to: new Date(to) }
          : { clip_state: 'none', clip_reason: code ?? null },
      );
    const stored = await tracks.repository.storedTo(cameraId);
    if (stored) await this.#prover.prove(analysisActor, cameraId, stored);
  }

  async chunk(cameraId: string, chunk: StoredChunk): Promise<void> {
    const { from, to, runId, ruleVersion, blob, bytes, observations, tracks } = chunk;
    await this.#parts.tracks.repository.insert({
      ...{ camera_id: cameraId, run_id: runId, from_at: new Date(from), to_at: new Date(to), blob, bytes },
      ...{ observations, tracks, rule_version: ruleVersion },
    });
    await this.#prover.prove(analysisActor, cameraId, { runId, to: new Date(to) });
  }
}

interface Common {
  readonly camera_id: string;
  readonly rule_version: number;
  readonly received_at: Date;
  readonly run_id: string;
  readonly picture: string | null;
  readonly picture_covered: string | null;
}

function crossingRow(common: Common, { id, event }: FoundEvent): CrossingRow[] {
  const { crossing } = event;
  if (!crossing) return [];
  const place = ({ x, y, time }: typeof crossing.from) => ({ x, y, at: new Date(time).toISOString() });
  return [
    {
      ...{ ...common, id, rule_id: event.rule, at: new Date(event.at) },
      ...{ track: event.tracks[0] ?? 0, label: event.label ?? '', direction: crossing.direction },
      ...{ confirmed: event.confirmed, doubts: event.doubts },
      ...{ before: place(crossing.from), after: place(crossing.to) },
    },
  ];
}

function eventRow(
  common: Common,
  row: CameraRow,
  found: FoundEvent,
  ruleName: string | undefined,
): Omit<EventRow, 'detector'> {
  const { event, width, height } = found;
  const box = event.box && {
    ...{ x: event.box.x / width, y: event.box.y / height },
    ...{ width: event.box.width / width, height: event.box.height / height },
  };
  return {
    ...{ ...common, id: found.id, site_id: row.site_id, rule_id: event.rule, rule_name: ruleName ?? event.rule },
    ...{ kind: event.kind, severity: event.severity, at: new Date(event.at), tracks: event.tracks },
    ...{ label: event.label ?? null, doubts: event.doubts, kept_back: event.keptBack ?? null },
    details: {
      since: new Date(event.since).toISOString(),
      ...(event.position && { position: event.position }),
      ...(box && width > 0 && { box }),
      ...{ values: event.values, suppressed: event.suppressed },
    },
    ...(settingsOf(row).recording.mode === 'off'
      ? { clip_state: 'none' as const, clip_reason: 'recording-off' }
      : { clip_state: 'pending' as const, clip_reason: null }),
    ...{ clip: null, clip_from: null, clip_to: null, clip_covered: null, finding_id: null, proof_missing: null },
    ...{ state: 'open', reviewed_at: null, reviewed_by: null, review_note: null },
  };
}
