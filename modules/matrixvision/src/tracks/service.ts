import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { Actor } from '@millwright/kernel';
import type { z } from 'zod';
import { cameraErrors } from '../camera-errors.ts';
import type { CameraService } from '../cameras/service.ts';
import { askTracks } from './ask-tracks.ts';
import { trackNotes } from './notes.ts';
import { TrackRepository } from './repository.ts';
import type {
  HeatMapQuery,
  heatMapAnswer,
  pathsAnswer,
  RecountInput,
  recountAnswer,
  SearchQuery,
  searchAnswer,
  TrackSpan,
} from './schemas.ts';
import type { StoredRun } from './track-question.ts';

/** Longest stretch of one question: a day of one camera. */
const longestMs = 25 * 3_600_000;
/** Things that cross at the start of a stretch have begun before it, and whether one at its end counts is decided after it. */
const aroundMs = 60_000;

const iso = (time: number) => new Date(time).toISOString();

/** Questions about stored tracks: who was where, how long, how often. */
export class TrackService {
  readonly repository: TrackRepository;
  #cameras: CameraService;
  #blobs: Blobs;

  constructor(parts: { db: Database; cameras: CameraService; blobs: Blobs }) {
    this.repository = new TrackRepository(parts.db);
    this.#cameras = parts.cameras;
    this.#blobs = parts.blobs;
  }

  /** Seconds that things stood in each cell of a grid over the picture. */
  async heatMap(actor: Actor, query: HeatMapQuery): Promise<z.output<typeof heatMapAnswer>> {
    const runs = await this.runs(actor, query.camera, query);
    const { columns, rows } = query;
    const answer = await askTracks({ what: 'heat-map', columns, rows, ...spanOf(query) }, runs);
    return { ...answer, seconds: [...answer.seconds] };
  }

  /** The way of each track, with few points. */
  async paths(actor: Actor, query: TrackSpan): Promise<z.output<typeof pathsAnswer>> {
    const runs = await this.runs(actor, query.camera, query);
    const paths = await askTracks({ what: 'paths', ...spanOf(query) }, runs);
    return {
      items: paths.map(({ from, to, points, ...path }) => ({
        ...{ ...path, from: iso(from), to: iso(to) },
        points: points.map(([x, y]): [number, number] => [x, y]),
      })),
    };
  }

  /** Who crossed a line, or was in a zone or the picture, and for how long. */
  async search(actor: Actor, query: SearchQuery): Promise<z.output<typeof searchAnswer>> {
    const runs = await this.runs(actor, query.camera, query);
    if (query.line) {
      const crossed = await askTracks({ what: 'crossed', line: query.line, ...spanOf(query) }, runs);
      return {
        items: crossed.map(({ runId, tracks, label, at, since, crossing, confirmed }) => ({
          ...{ runId, track: tracks[0] ?? 0, label: label ?? '', from: iso(since), to: iso(at) },
          ...{ dwellSeconds: 0, direction: crossing?.direction ?? null, confirmed },
        })),
      };
    }
    const zone = (query.zone ?? []).map(([x, y]) => ({ x, y }));
    const stays = await askTracks({ what: 'dwell', zone, ...spanOf(query) }, runs);
    return {
      items: stays.map(({ runId, track, label, from, to, seconds }) => ({
        ...{ runId, track, label, from: iso(from), to: iso(to), dwellSeconds: seconds },
        ...{ direction: null, confirmed: true },
      })),
    };
  }

  /** What other rules would have counted on the stored tracks, beside those in force. */
  async recount(actor: Actor, cameraId: string, input: RecountInput): Promise<z.output<typeof recountAnswer>> {
    const runs = await this.runs(actor, cameraId, input);
    const { version, rules: old } = await this.#cameras.rules(actor, cameraId);
    const rules = await askTracks({ what: 'recount', old, now: input.rules, ...spanOf(input) }, runs);
    return { ruleVersion: version, rules: [...rules] };
  }

  /** For the runtime and edge boxes. */
  async runsOf(chunks: readonly { run_id: string; blob: string }[]): Promise<StoredRun[]> {
    const byRun = Map.groupBy(chunks, ({ run_id }) => run_id);
    const runs: StoredRun[] = [];
    for (const [runId, own] of byRun) {
      const read: Uint8Array[] = [];
      for (const { blob } of own) read.push(await this.#blobs.read(blob));
      runs.push({ runId, chunks: read });
    }
    return runs;
  }

  /** What is stored of a stretch of at most a day, and a little around it. Throws TRACK_SPAN_INVALID. */
  async runs(actor: Actor, cameraId: string, { from, to }: { from: Date; to: Date }): Promise<StoredRun[]> {
    await this.#cameras.row(actor, cameraId);
    if (!(from < to)) throw cameraErrors.TRACK_SPAN_INVALID({ reason: trackNotes['ends-early']() });
    if (to.getTime() - from.getTime() > longestMs)
      throw cameraErrors.TRACK_SPAN_INVALID({ reason: trackNotes['longer-than-a-day']() });
    const [first, last] = [from.getTime() - aroundMs, to.getTime() + aroundMs];
    return this.runsOf(await this.repository.touching(cameraId, new Date(first), new Date(last)));
  }
}

const spanOf = ({ from, to, label }: { from: Date; to: Date; label?: string | undefined }) => ({
  ...{ from: from.getTime(), to: to.getTime() },
  ...(label && { classes: [label] }),
});
