import { createHash } from 'node:crypto';
import type { Blobs } from '@millwright/blobs';
import type { InputKind, PinnedInput } from '@millwright/ledger';
import type { PointRepository } from '../points/repository.ts';
import { hourOf } from './buckets.ts';
import { evidenceNotes } from './evidence-notes.ts';
import type { MeasurementRepository, Series } from './measurement-repository.ts';

/** The readings of one point with from <= time <= to, as an input of evidence. */
export interface MeasurementsReference {
  readonly pointId: string;
  readonly from: string;
  readonly to: string;
}

type Pin = Omit<PinnedInput, 'kind' | 'reference'>;

/**
 * Hashes every hour of readings (time, value and quality as stored), so that a later change can be named to the hour.
 * Pieces are cut into hours as they come: a long period need not be in memory at once.
 */
async function hashHours(pieces: AsyncIterable<Series>): Promise<{ count: number; hours: Record<string, string> }> {
  const hours: Record<string, string> = {};
  let count = 0;
  let open: { hour: number; parts: Series[] } | undefined;
  const close = () => {
    if (!open) return;
    const hash = createHash('sha256');
    for (const column of ['time', 'value', 'quality'] as const)
      for (const { [column]: part } of open.parts)
        hash.update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    hours[new Date(open.hour).toISOString()] = hash.digest('hex').slice(0, 24);
    open = undefined;
  };
  for await (const { time, value, quality } of pieces) {
    count += time.length;
    for (let at = 0; at < time.length; ) {
      const hour = hourOf(time[at]!, false);
      let end = at;
      while (end < time.length && hourOf(time[end]!, false) === hour) end += 1;
      if (open && open.hour !== hour) close();
      open ??= { hour, parts: [] };
      open.parts.push({
        time: time.subarray(at, end),
        value: value.subarray(at, end),
        quality: quality.subarray(at, end),
      });
      at = end;
    }
  }
  close();
  return { count, hours };
}

/** Registered with the ledger as `measurements`. The hourly hashes are kept as a blob, their hash stands in the ledger. */
export function measurementsInput(parts: {
  measurements: MeasurementRepository;
  points: PointRepository;
  blobs: Blobs;
}): InputKind {
  const read = async (reference: MeasurementsReference) => {
    const point = await parts.points.byId(reference.pointId);
    if (!point) throw new Error(`the point ${reference.pointId} is gone`);
    const pieces = parts.measurements.pieces(point.number, Date.parse(reference.from), Date.parse(reference.to));
    return { point, ...(await hashHours(pieces)) };
  };
  return {
    kind: 'measurements',
    async pin(reference): Promise<Pin> {
      const { point, count, hours } = await read(reference as MeasurementsReference);
      const manifest = Buffer.from(JSON.stringify(hours));
      const { hash } = await parts.blobs.put(manifest, { mediaType: 'application/json' });
      return { sha256: hash, count, parts: { point: point.name, unit: point.unit, hours: Object.keys(hours).length } };
    },
    async locate(pinned, now) {
      const parse = async (hash: string) =>
        JSON.parse((await parts.blobs.read(hash)).toString()) as Record<string, string>;
      const [before, after] = [await parse(pinned.sha256), await parse(now.sha256)];
      const changed = [...new Set([...Object.keys(before), ...Object.keys(after)])]
        .filter((hour) => before[hour] !== after[hour])
        .sort();
      const point = await parts.points.byId((pinned.reference as MeasurementsReference).pointId);
      const name = point?.name ?? (pinned.reference as MeasurementsReference).pointId;
      const places = changed.slice(0, 50).map((hour) => ({ point: name, pointId: point?.id, hour }));
      const hour = { time: changed[0]! };
      const note =
        changed.length > 1
          ? evidenceNotes['readings-changed-more']({ point: name, hour, more: changed.length - 1 })
          : evidenceNotes['readings-changed']({ point: name, hour });
      return { note, places };
    },
  };
}
