import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { type Actor, newId, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { EvidenceLock, LedgerHour } from '@millwright/media';
import { cameraErrors } from '../camera-errors.ts';
import type { CameraService } from '../cameras/service.ts';
import { isCoveredFor } from '../privacy/is-covered-for.ts';
import type { CameraRuntime } from '../runtime/camera-runtime.ts';
import type { CameraRow } from '../schema.ts';
import { trackNotes } from '../tracks/notes.ts';
import type { RecordingHours } from './schemas.ts';

/** Longest clip in one piece: it is written before the first byte is sent. */
const longestClipMs = 30 * 60_000;

/** What was recorded of a camera, what was lost and why, and what is locked as evidence. */
export class RecordingService {
  #cameras: CameraService;
  #runtime: CameraRuntime;
  #ledger: Ledger;
  #folder: string;

  constructor(parts: { cameras: CameraService; runtime: CameraRuntime; ledger: Ledger; folder: string }) {
    this.#cameras = parts.cameras;
    this.#runtime = parts.runtime;
    this.#ledger = parts.ledger;
    this.#folder = parts.folder;
  }

  /** The recording ledger by hour, what is there, and what is locked. */
  async hours(actor: Actor, cameraId: string, span: { from: Date; to: Date }): Promise<RecordingHours> {
    await this.#cameras.row(actor, cameraId);
    const asked = spanOf(span);
    const ask = <T>(what: 'hours' | 'segments' | 'locks') =>
      this.#runtime.recording<T>(cameraId, what === 'locks' ? { what } : { what, ...asked });
    const [hours, segments, locks] = [
      await ask<LedgerHour[]>('hours'),
      await ask<{ from: number; to: number; bytes: number }[]>('segments'),
      await ask<readonly EvidenceLock[]>('locks'),
    ];
    const iso = (time: number) => new Date(time).toISOString();
    return {
      hours: hours.map(({ hour, expected, recorded, lost, losses }) => ({
        ...{ start: iso(hour), expectedSeconds: expected, recordedSeconds: recorded, lostSeconds: lost },
        lost: losses.map(({ from, to, reason }) => ({ from: iso(from), to: iso(to), reason })),
      })),
      segments: joined(segments).map(({ from, to }) => ({ from: iso(from), to: iso(to) })),
      bytes: segments.reduce((sum, { bytes }) => sum + bytes, 0),
      locks: locks
        .filter(({ from, to }) => from < asked.to && to > asked.from)
        .map(({ id, from, to }) => ({ id, from: iso(from), to: iso(to) })),
    };
  }

  /** An MP4 of what was recorded between two times. Each look is written down: it shows people. */
  async clip(
    actor: Actor,
    cameraId: string,
    span: { from: Date; to: Date },
  ): Promise<{ size: number; open(): Readable }> {
    const row = await this.#videoRow(actor, cameraId);
    // Clips of events are covered along their tracks; a whole recording is for those who may know people.
    if (isCoveredFor(actor, row)) requirePermission(actor, 'matrixvision.identity.read', row.site_id);
    const asked = spanOf(span);
    if (asked.to - asked.from > longestClipMs)
      throw cameraErrors.RECORDING_SPAN_INVALID({ reason: trackNotes['longer-than-half-an-hour']() });
    await mkdir(this.#folder, { recursive: true });
    const out = join(this.#folder, `${randomUUID()}.mp4`);
    try {
      await this.#runtime.recording(cameraId, { what: 'clip', ...asked, out, exact: false });
      await this.#record(actor, row, 'matrixvision.recording-view', asked);
      const { size } = await stat(out);
      return {
        size,
        open() {
          const stream = createReadStream(out);
          stream.once('close', () => void rm(out, { force: true }));
          return stream;
        },
      };
    } catch (error) {
      await rm(out, { force: true });
      throw error;
    }
  }

  /** Keeps what was recorded between two times until it is unlocked, whatever the retention says. */
  async lock(actor: Actor, cameraId: string, span: { from: Date; to: Date }): Promise<{ id: string }> {
    const row = await this.#videoRow(actor, cameraId);
    requirePermission(actor, 'matrixvision.event.review', row.site_id);
    const asked = spanOf(span);
    const id = newId();
    await this.#runtime.recording(cameraId, { what: 'lock', id, ...asked });
    await this.#record(actor, row, 'matrixvision.recording-lock', { id, ...asked });
    return { id };
  }

  async unlock(actor: Actor, cameraId: string, id: string): Promise<void> {
    const row = await this.#videoRow(actor, cameraId);
    requirePermission(actor, 'matrixvision.camera.write', row.site_id);
    await this.#runtime.recording(cameraId, { what: 'unlock', id });
    await this.#record(actor, row, 'matrixvision.recording-unlock', { id });
  }

  async #videoRow(actor: Actor, cameraId: string): Promise<CameraRow> {
    const row = await this.#cameras.row(actor, cameraId);
    requirePermission(actor, 'matrixvision.video.read', row.site_id);
    return row;
  }

  async #record(
    actor: Actor,
    row: CameraRow,
    type: string,
    { from, to, id }: { from?: number; to?: number; id?: string },
  ): Promise<void> {
    const content = {
      ...(id !== undefined && { id }),
      ...(from !== undefined && { from: new Date(from).toISOString() }),
      ...(to !== undefined && { to: new Date(to).toISOString() }),
    };
    await this.#ledger.record(actor, { type, subject: row.id, siteId: row.site_id, content });
  }
}

function spanOf({ from, to }: { from: Date; to: Date }): { from: number; to: number } {
  if (from < to) return { from: from.getTime(), to: to.getTime() };
  throw cameraErrors.RECORDING_SPAN_INVALID({ reason: trackNotes['ends-early']() });
}

/** Files follow each other with a rounding of timestamps between them. */
function joined(segments: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { from, to } of segments) {
    const last = stretches.at(-1);
    if (last && from - last.to < 500) last.to = Math.max(last.to, to);
    else stretches.push({ from, to });
  }
  return stretches;
}
