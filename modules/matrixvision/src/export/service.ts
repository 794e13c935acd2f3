import { type Actor, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import type { z } from 'zod';
import type { CameraService } from '../cameras/service.ts';
import type { CrossingService } from '../crossings/service.ts';
import type { EventService } from '../events/service.ts';
import type { TrackService } from '../tracks/service.ts';
import type { ExportFormat } from './column.ts';
import type { countExport, crossingExport, eventExport, trackExport } from './schemas.ts';
import { countColumns, crossingColumns, eventColumns } from './tables.ts';
import { exportTracks } from './track-export.ts';
import { writeTable } from './write-table.ts';

export type Pieces = AsyncGenerator<Uint8Array, void, undefined>;

interface Parts {
  readonly cameras: CameraService;
  readonly events: EventService;
  readonly crossings: CrossingService;
  readonly tracks: TrackService;
  readonly ledger: Ledger;
}

/** Rows fetched at a time: a page that waits behind them does not notice. */
const eventPage = 500;
const crossingPage = 2_000;

/** What cameras found as tables for other programs. Each export is written down: it leaves the product. */
export class ExportService {
  #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Newest first. */
  async events(actor: Actor, { format, ...filter }: z.output<typeof eventExport>): Promise<Pieces> {
    requirePermission(actor, 'matrixvision.camera.read', filter.site);
    const { events } = this.#parts;
    await this.#record(actor, 'events', format, filter);
    return writeTable(
      format,
      eventColumns,
      pagesOf(eventPage, (after, limit) => events.page(actor, { ...filter, after, limit })),
    );
  }

  /** Of one camera, newest first. */
  async crossings(actor: Actor, { format, ...filter }: z.output<typeof crossingExport>): Promise<Pieces> {
    const { cameras, crossings } = this.#parts;
    const { site_id } = await cameras.row(actor, filter.camera);
    await this.#record(actor, 'crossings', format, filter, site_id);
    return writeTable(
      format,
      crossingColumns,
      pagesOf(crossingPage, (after, limit) => crossings.list(actor, { ...filter, after, limit })),
    );
  }

  /** Of the lines of one camera, by stretch of time; stretches without a crossing are left out. */
  async counts(actor: Actor, { format, ...filter }: z.output<typeof countExport>): Promise<Pieces> {
    const { cameras, crossings } = this.#parts;
    const { site_id } = await cameras.row(actor, filter.camera);
    await this.#record(actor, 'counts', format, filter, site_id);
    return writeTable(format, countColumns, [await crossings.counts(actor, filter)]);
  }

  /** Every box of every track of one camera, at most a day of it. */
  async tracks(actor: Actor, { format, ...filter }: z.output<typeof trackExport>): Promise<Pieces> {
    const { cameras, tracks } = this.#parts;
    const { site_id } = await cameras.row(actor, filter.camera);
    const runs = await tracks.runs(actor, filter.camera, filter);
    await this.#record(actor, 'tracks', format, filter, site_id);
    const { from, to, label } = filter;
    const selection = { from: from.getTime(), to: to.getTime(), ...(label && { classes: [label] }) };
    return exportTracks({ format, selection, runs });
  }

  async #record(
    actor: Actor,
    table: string,
    format: ExportFormat,
    filter: { readonly camera?: string | undefined; readonly site?: string | undefined },
    siteId = filter.site,
  ): Promise<void> {
    await this.#parts.ledger.record(actor, {
      type: 'matrixvision.export',
      subject: filter.camera ?? siteId ?? 'all',
      ...(siteId !== undefined && { siteId }),
      content: { table, format, filter: JSON.parse(JSON.stringify(filter)) },
    });
  }
}

/** Pages from the last row of each to the next. */
async function* pagesOf<Row extends { readonly id: string }>(
  size: number,
  fetch: (after: string | undefined, limit: number) => Promise<readonly Row[]>,
): AsyncGenerator<readonly Row[], void, undefined> {
  for (let after: string | undefined; ; ) {
    const rows = await fetch(after, size);
    if (rows.length > 0) yield rows;
    if (rows.length < size) return;
    after = rows.at(-1)!.id;
  }
}
