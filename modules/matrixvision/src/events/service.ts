import { rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { AlertService } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import type { LiveHub } from '@millwright/http';
import { type Actor, type Clock, isAllowed, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { cameraErrors } from '../camera-errors.ts';
import { type CameraService, settingsOf } from '../cameras/service.ts';
import { coverClip } from '../privacy/cover-clip.ts';
import { isCoveredFor } from '../privacy/is-covered-for.ts';
import type { LookLog } from '../privacy/look-log.ts';
import type { CameraRow, EventRow } from '../schema.ts';
import type { TrackService } from '../tracks/service.ts';
import { EventRepository, type NamedEventRow } from './repository.ts';
import type { CameraEvent, EventFilter, RulePrecision, reviewStates } from './schemas.ts';
import { wilsonInterval } from './wilson-interval.ts';

/** Topic of new and changed events; who may not see the site hears nothing of it. */
export const eventsTopic = 'matrixvision-events:all';

/** What a review makes of the alert of the event: there is nothing to do about one that was wrong. */
const alertStateOf = { open: 'open', confirmed: 'acknowledged', rejected: 'resolved' } as const;

/** What rules asked attention for: found, shown, reviewed. */
export class EventService {
  readonly repository: EventRepository;
  #db: Database;
  #blobs: Blobs;
  #ledger: Ledger;
  #clock: Clock;
  #live: LiveHub;
  #cameras: CameraService;
  #tracks: TrackService;
  #alerts: AlertService;
  #looks: LookLog;
  #folder: string;
  #covering = new Map<string, Promise<string>>();

  constructor(parts: {
    db: Database;
    blobs: Blobs;
    ledger: Ledger;
    clock: Clock;
    live: LiveHub;
    cameras: CameraService;
    tracks: TrackService;
    alerts: AlertService;
    looks: LookLog;
    /** For files in work. */
    folder: string;
  }) {
    this.repository = new EventRepository(parts.db);
    this.#db = parts.db;
    this.#blobs = parts.blobs;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#live = parts.live;
    this.#cameras = parts.cameras;
    this.#tracks = parts.tracks;
    this.#alerts = parts.alerts;
    this.#looks = parts.looks;
    this.#folder = parts.folder;
  }

  async list(actor: Actor, filter: EventFilter): Promise<{ items: CameraEvent[]; total: number }> {
    requirePermission(actor, 'matrixvision.camera.read', filter.site);
    const [rows, total] = [
      await this.repository.list(filter, actor.siteIds),
      await this.repository.count(filter, actor.siteIds),
    ];
    return { items: rows.map(toEvent), total };
  }

  /** A page of `list`, without the count of all. */
  async page(actor: Actor, filter: EventFilter): Promise<CameraEvent[]> {
    requirePermission(actor, 'matrixvision.camera.read', filter.site);
    return (await this.repository.list(filter, actor.siteIds)).map(toEvent);
  }

  async event(actor: Actor, id: string): Promise<CameraEvent> {
    return toEvent(await this.#row(actor, 'matrixvision.camera.read', id));
  }

  /** Confirms or rejects an event, or opens it again. */
  async review(
    actor: Actor,
    id: string,
    verdict: { state: (typeof reviewStates)[number]; note: string },
  ): Promise<CameraEvent> {
    const { event } = await this.#row(actor, 'matrixvision.event.review', id);
    const open = verdict.state === 'open';
    await this.#db.transaction(async () => {
      await this.repository.change(id, {
        state: verdict.state,
        reviewed_at: open ? null : this.#clock.now(),
        reviewed_by: open ? null : actor.name,
        review_note: open ? null : verdict.note,
      });
      await this.#alerts.raised.follow(id, { state: alertStateOf[verdict.state], by: actor.name, note: verdict.note });
      await this.#ledger.record(actor, {
        type: 'matrixvision.event-review',
        ...{ subject: id, siteId: event.site_id },
        content: { before: event.state, after: verdict.state, note: verdict.note, findingId: event.finding_id },
      });
    });
    return this.#changed(id);
  }

  /** By camera and rule: how many of the reviewed events were right. */
  async precision(actor: Actor, filter: EventFilter): Promise<RulePrecision[]> {
    requirePermission(actor, 'matrixvision.camera.read', filter.site);
    const rows = await this.repository.reviews(filter, actor.siteIds);
    return rows.map((row) => {
      const reviewed = row.confirmed + row.rejected;
      const interval = wilsonInterval(row.confirmed, reviewed);
      const precision = reviewed === 0 ? null : row.confirmed / reviewed;
      return { ...row, precision, low: interval?.low ?? null, high: interval?.high ?? null };
    });
  }

  /** The picture as JPEG. Throws EVENT_PICTURE_MISSING. */
  async picture(actor: Actor, id: string): Promise<Readable> {
    const { event } = await this.#row(actor, 'matrixvision.video.read', id);
    const camera = await this.#cameras.row(actor, event.camera_id);
    const covered = isCoveredFor(actor, camera);
    const picture = covered ? event.picture_covered : event.picture;
    if (!picture) throw cameraErrors.EVENT_PICTURE_MISSING({ id });
    await this.#looks.record(actor, camera, 'pictures', covered);
    return this.#blobs.get(picture);
  }

  /** Hash and size of the clip, an MP4. Throws EVENT_CLIP_MISSING. Each look is written down: it shows people. */
  async clip(actor: Actor, id: string): Promise<{ hash: string; size: number }> {
    const { event } = await this.#row(actor, 'matrixvision.video.read', id);
    if (!event.clip) throw cameraErrors.EVENT_CLIP_MISSING({ id });
    const camera = await this.#cameras.row(actor, event.camera_id);
    if (!isCoveredFor(actor, camera)) return this.#blobs.stat(event.clip);
    return this.#blobs.stat(event.clip_covered ?? (await this.#coverOnce(event, camera)));
  }

  /** A player asks for many parts of one clip at once; it is covered once. */
  #coverOnce(event: EventRow, camera: CameraRow): Promise<string> {
    const known = this.#covering.get(event.id);
    if (known) return known;
    const begun = this.#cover(event, camera).finally(() => this.#covering.delete(event.id));
    this.#covering.set(event.id, begun);
    return begun;
  }

  async #cover(event: EventRow, camera: CameraRow): Promise<string> {
    const { blur } = settingsOf(camera).privacy;
    const { clip, clip_from, clip_to } = event;
    if (blur === 'none' || !clip || !clip_from || !clip_to) throw cameraErrors.EVENT_CLIP_MISSING({ id: event.id });
    if (!this.#blobs.localPath) throw cameraErrors.EVENT_CLIP_UNCOVERED({ id: event.id });
    const path = await coverClip(
      { cameraId: camera.id, path: this.#blobs.localPath(clip), from: clip_from, to: clip_to, covering: blur },
      this.#tracks,
      this.#folder,
    );
    if (!path) throw cameraErrors.EVENT_CLIP_UNCOVERED({ id: event.id });
    const { hash } = await this.#blobs.put(path, { mediaType: 'video/mp4' });
    await rm(path, { force: true });
    await this.repository.change(event.id, { clip_covered: hash });
    return hash;
  }

  /** Writes down that somebody looked at a clip; once for a look, not for each part that a player asks for. */
  async recordLook(actor: Actor, id: string): Promise<void> {
    const { event } = await this.#row(actor, 'matrixvision.video.read', id);
    await this.#ledger.record(actor, {
      type: 'matrixvision.clip-view',
      ...{ subject: id, siteId: event.site_id },
      content: { clip: event.clip },
    });
  }

  /** For the runtime: clip or proof came, or the event is new; whoever looks is told. */
  async complete(id: string, values: Partial<EventRow>): Promise<void> {
    if (Object.keys(values).length > 0) await this.repository.change(id, values);
    await this.#changed(id);
  }

  async #changed(id: string): Promise<CameraEvent> {
    const row = await this.repository.byId(id);
    if (!row) throw cameraErrors.EVENT_UNKNOWN({ id });
    const event = toEvent(row);
    if (event.keptBack === null)
      this.#live.publish(eventsTopic, event, (actor) => isAllowed(actor, 'matrixvision.camera.read', event.siteId));
    return event;
  }

  async #row(actor: Actor, permission: string, id: string): Promise<NamedEventRow> {
    const row = await this.repository.byId(id);
    if (!row) throw cameraErrors.EVENT_UNKNOWN({ id });
    requirePermission(actor, permission, row.event.site_id);
    return row;
  }
}

function toEvent({ event, cameraName }: NamedEventRow): CameraEvent {
  return {
    ...{ id: event.id, cameraId: event.camera_id, cameraName, siteId: event.site_id },
    ...{ ruleId: event.rule_id, ruleName: event.rule_name, ruleVersion: event.rule_version },
    ...{ kind: event.kind, severity: event.severity },
    ...{ at: event.at.toISOString(), receivedAt: event.received_at.toISOString() },
    ...{ tracks: event.tracks, label: event.label, details: event.details, doubts: event.doubts },
    hasPicture: event.picture !== null,
    ...{ clipState: event.clip_state, clipReason: event.clip_reason, findingId: event.finding_id },
    ...{ proofMissing: event.proof_missing, detector: event.detector, keptBack: event.kept_back },
    ...{ clipFrom: event.clip_from?.toISOString() ?? null, clipTo: event.clip_to?.toISOString() ?? null },
    ...{ state: event.state, reviewedAt: event.reviewed_at?.toISOString() ?? null },
    ...{ reviewedBy: event.reviewed_by, reviewNote: event.review_note },
  };
}
