import type { Actor, Logger } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { CameraService } from '../cameras/service.ts';
import type { Observation } from '../observation.ts';
import type { EventRow, TrackChunkRow } from '../schema.ts';
import type { TrackService } from '../tracks/service.ts';
import { decodeTracks } from '../tracks/track-decoder.ts';
import { type EventOutput, type EventParameters, eventMethodId, findAgain } from './event-method.ts';
import type { EventService } from './service.ts';

/** A rule has decided on what it saw after so long. */
const decidedMs = 60_000;

/**
 * How far before it began and after it was an event's tracks are looked at: most need little, and a thousand events in a
 * minute must not be a thousand minutes of tracks.
 */
const spansMs = [
  { back: 2_000, ahead: 2_000 },
  { back: 60_000, ahead: decidedMs },
  { back: 600_000, ahead: decidedMs },
  { back: 3_600_000, ahead: decidedMs },
];

/** Files of tracks that are held for the events after the one they were read for. */
const mostHeld = 8;

type Wanted = Parameters<typeof findAgain>[1];

interface Parts {
  readonly cameras: CameraService;
  readonly events: EventService;
  readonly tracks: TrackService;
  readonly ledger: Ledger;
  readonly logger: Logger;
}

/** Gives events their proof once the tracks around them are stored and their clip is there, or known not to come. */
export class EventProver {
  #parts: Parts;
  /** By hash, those used last at the end. */
  #held = new Map<string, readonly Observation[]>();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** @param stored up to when tracks of the camera are stored; those of runs before that one do not come any more. */
  async prove(actor: Actor, cameraId: string, stored: { readonly to: Date; readonly runId: string }): Promise<void> {
    for (const row of await this.#parts.events.repository.unproven(cameraId, stored.to))
      if (row.clip_state !== 'pending') await this.#tryOne(actor, row, stored);
    this.#held.clear();
  }

  /** One event of a run that a killed server left: no more of its tracks will come. */
  async proveLeft(actor: Actor, row: EventRow): Promise<void> {
    await this.#tryOne(actor, row, { to: row.at, runId: '' });
    this.#held.clear();
  }

  async #tryOne(actor: Actor, row: EventRow, stored: { to: Date; runId: string }): Promise<void> {
    try {
      await this.#proveOne(actor, row, stored);
    } catch (error) {
      // A file that is gone concerns this event, not those after it; it is tried again with the next chunk.
      this.#parts.logger.error({ err: error, event: row.id, camera: row.camera_id }, 'an event was not proven');
    }
  }

  async #proveOne(actor: Actor, row: EventRow, { to, runId }: { to: Date; runId: string }): Promise<void> {
    const { cameras, events, tracks, ledger, logger } = this.#parts;
    const { rules } = await cameras.rules(actor, row.camera_id, row.rule_version);
    const own = { ...rules, rules: rules.rules.filter(({ id }) => id === row.rule_id) };
    const wanted: Wanted = { rules: own, at: row.at.getTime(), tracks: row.tracks };
    const found = await this.#find(row, wanted);
    if (!found) {
      // The rule may decide later than the event was: more tracks are to come.
      if (row.run_id === runId && to.getTime() < row.at.getTime() + decidedMs) return;
      const around = await tracks.repository.ofRun(row.camera_id, row.run_id, row.at);
      // Killed before they were written, or given up by a box whose disk was full.
      const proof_missing = around.some(({ from_at }) => from_at <= row.at) ? 'not-found-again' : 'tracks-lost';
      await events.complete(row.id, { proof_missing });
      logger.warn({ event: row.id, camera: row.camera_id, reason: proof_missing }, 'an event has no proof');
      return;
    }
    const parameters: EventParameters = {
      ...{ ...wanted, camera: row.camera_id, ruleVersion: row.rule_version, chunks: found.length },
      ...(row.detector && { detector: row.detector }),
    };
    const pinned = [...found.map(({ blob }) => blob), row.clip, row.picture].filter((hash) => hash !== null);
    const { id } = await ledger.conclude<EventOutput>(actor, {
      ...{ method: eventMethodId, parameters, subject: row.id, siteId: row.site_id },
      inputs: pinned.map((hash) => ({ kind: 'blob', reference: { hash } })),
    });
    await events.complete(row.id, { finding_id: id });
  }

  /** The fewest chunks on which the rule finds the event again, with the doubts that it had. */
  async #find(row: EventRow, wanted: Wanted): Promise<readonly TrackChunkRow[] | undefined> {
    const at = row.at.getTime();
    const since = Math.min(at, Date.parse(row.details.since));
    let nearly: readonly TrackChunkRow[] | undefined;
    let before = '';
    for (const { back, ahead } of spansMs) {
      const run = (await this.#parts.tracks.repository.ofRun(row.camera_id, row.run_id, new Date(since - back))).filter(
        ({ from_at }) => from_at.getTime() <= at + ahead,
      );
      // A rule begins with its version of the rules, unless it was the same in the one before: then it went on.
      const own = run.filter(({ rule_version }) => rule_version >= row.rule_version);
      for (const chunks of own.length < run.length ? [own, run] : [run]) {
        const key = chunks.map(({ blob }) => blob).join();
        if (key === before || chunks.length === 0) continue;
        before = key;
        const event = findAgain(await this.#observations(chunks), wanted);
        if (event?.doubts.join() === row.doubts.join()) return chunks;
        if (event) nearly ??= chunks;
      }
    }
    return nearly;
  }

  async #observations(chunks: readonly TrackChunkRow[]): Promise<Observation[]> {
    const all: Observation[] = [];
    for (const { blob, run_id } of chunks) {
      const known = this.#held.get(blob);
      const [read] = known ? [] : await this.#parts.tracks.runsOf([{ blob, run_id }]);
      const observations = known ?? read!.chunks.flatMap(decodeTracks);
      this.#held.delete(blob);
      this.#held.set(blob, observations);
      for (const old of this.#held.keys()) if (this.#held.size > mostHeld) this.#held.delete(old);
      for (const one of observations) all.push(one);
    }
    return all;
  }
}
