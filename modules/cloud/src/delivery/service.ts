import { type Actor, type Clock, requirePermission } from '@millwright/kernel';
import type { MeasurementStore } from '../measurements/store.ts';
import type { PointService } from '../points/service.ts';
import { fileKind, type Source, type SourceService } from '../sources/service.ts';
import { type DeliveryHour, noDelivery, type RejectionRow } from './repository.ts';

const hourMs = 3_600_000;

/** One source and hour, with what should have come. `state` says in a word why it looks as it does. */
export interface DeliveryLine extends DeliveryHour {
  readonly expected: number;
  readonly state: 'complete' | 'partial' | 'missing' | 'rejected' | 'backfilled' | 'unexpected';
}

/** The delivery ledger: where data is missing, and why. */
export class DeliveryService {
  #store: MeasurementStore;
  #sources: SourceService;
  #points: PointService;
  #clock: Clock;

  constructor(parts: { store: MeasurementStore; sources: SourceService; points: PointService; clock: Clock }) {
    this.#store = parts.store;
    this.#sources = parts.sources;
    this.#points = parts.points;
    this.#clock = parts.clock;
  }

  /**
   * Every hour of every source asked for between two times. Expected readings follow from the points' intervals: of a file
   * between its first and last reading, of a connected source from the day it was connected to now, without the time it was switched off. What a source brought
   * of the time before is backfilled.
   */
  async hours(
    actor: Actor,
    options: { sourceIds?: readonly string[]; from: number; to: number },
  ): Promise<DeliveryLine[]> {
    requirePermission(actor, 'cloud.data.read');
    const sources = (await this.#sources.list(actor)).filter(({ id }) => options.sourceIds?.includes(id) ?? true);
    const from = Math.floor(options.from / hourMs) * hourMs;
    const to = Math.min(options.to, this.#clock.now().getTime());
    const found = await this.#store.delivery.hours(
      sources.map(({ id }) => id),
      new Date(from),
      new Date(to),
    );
    const seen = new Map(found.map((hour) => [`${hour.sourceId} ${Date.parse(hour.hour)}`, hour]));
    const lines: DeliveryLine[] = [];
    const off = await this.#sources.offStretches(
      actor,
      sources.map(({ id }) => id),
    );
    const spansOf = await this.#spans(actor, sources, to);
    for (const source of sources) {
      const spans = spansOf.get(source.id) ?? [];
      const stretches = off.get(source.id) ?? [];
      for (let hour = from; hour < to; hour += hourMs) {
        const counts = seen.get(`${source.id} ${hour}`);
        const expected = Math.round(
          spans.reduce((sum, span) => sum + span.perHour * runs(span, hour, Math.min(hour + hourMs, to), stretches), 0),
        );
        if (!counts && expected === 0) continue;
        const line = counts ?? { ...noDelivery(), sourceId: source.id, hour: new Date(hour).toISOString() };
        lines.push({ ...line, expected, state: stateOf(line, expected) });
      }
    }
    return lines;
  }

  async rejections(
    actor: Actor,
    filter: { sourceId?: string; from?: number; to?: number; code?: string; importId?: string; limit: number },
  ): Promise<RejectionRow[]> {
    requirePermission(actor, 'cloud.data.read');
    const sourceIds = (await this.#sources.list(actor))
      .map(({ id }) => id)
      .filter((id) => !filter.sourceId || id === filter.sourceId);
    return this.#store.delivery.rejections({
      ...{ sourceIds, code: filter.code, importId: filter.importId, limit: filter.limit },
      from: filter.from === undefined ? undefined : new Date(filter.from),
      to: filter.to === undefined ? undefined : new Date(filter.to),
    });
  }

  /** Stretches with readings missing from one point: two neighbours further apart than one and a half intervals. */
  async gaps(
    actor: Actor,
    pointId: string,
    from: number,
    to: number,
  ): Promise<{ from: string; to: string; missing: number }[]> {
    const point = await this.#points.point(actor, pointId);
    requirePermission(actor, 'cloud.data.read', point.siteId);
    if (!point.intervalSeconds) return [];
    const { time } = await this.#store.repository.series(point.number, from, to);
    const interval = point.intervalSeconds * 1000;
    const gaps: { from: string; to: string; missing: number }[] = [];
    for (let index = 1; index < time.length; index += 1) {
      const apart = time[index]! - time[index - 1]!;
      if (apart <= interval * 1.5) continue;
      const missing = Math.round(apart / interval) - 1;
      gaps.push({ from: new Date(time[index - 1]!).toISOString(), to: new Date(time[index]!).toISOString(), missing });
    }
    return gaps;
  }

  /** When each point of these sources is expected to speak, by source; read at once, as there may be a thousand. */
  async #spans(actor: Actor, sources: readonly Source[], now: number) {
    const meant = new Map(sources.map((source) => [source.id, source]));
    const of = sources.length === 1 ? { sourceId: sources[0]!.id } : {};
    const points = (await this.#points.list(actor, of)).filter(
      ({ intervalSeconds, sourceId }) => intervalSeconds && meant.has(sourceId),
    );
    await this.#store.rollups.flush(points.map(({ number }) => number));
    const extents = new Map(
      (await this.#store.repository.extent(points.map(({ number }) => number))).map((extent) => [extent.point, extent]),
    );
    const spans = points.flatMap((point) => {
      const extent = extents.get(point.number);
      const source = meant.get(point.sourceId);
      if (!extent || !source) return [];
      const perHour = 3600 / point.intervalSeconds!;
      const isFile = source.kind === fileKind;
      const first = extent.from.getTime() - (point.stamp === 'end' ? 0 : 1);
      const from = isFile ? first : Math.max(first, Date.parse(source.createdAt));
      return [{ sourceId: source.id, from, to: isFile ? extent.to.getTime() + 1 : now, perHour }];
    });
    return Map.groupBy(spans, ({ sourceId }) => sourceId);
  }
}

interface Stretch {
  readonly from: number;
  readonly to: number;
}

/** Share of an hour that lies in a span while the source was not switched off. */
function runs(span: Stretch, from: number, to: number, off: readonly Stretch[]): number {
  const rests = off.map((stretch) => overlap(span, Math.max(from, stretch.from), Math.min(to, stretch.to)));
  return rests.reduce((share, rest) => share - rest, overlap(span, from, to));
}

/** Share of an hour that lies in a span. */
function overlap(span: Stretch, from: number, to: number): number {
  return Math.max(0, Math.min(span.to, to) - Math.max(span.from, from)) / hourMs;
}

function stateOf(counts: DeliveryHour, expected: number): DeliveryLine['state'] {
  const present = counts.stored + counts.duplicate;
  if (counts.rejected > 0) return 'rejected';
  if (expected === 0) return counts.historical > 0 ? 'backfilled' : present > 0 ? 'unexpected' : 'missing';
  if (present === 0) return 'missing';
  // One reading less is within what a clock's drift over the hour's edge makes.
  return present >= expected - Math.max(1, expected * 0.01) ? 'complete' : 'partial';
}
