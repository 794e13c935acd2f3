import { createHash, randomUUID } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { EdgeContext } from '@millwright/cloud';
import { newId } from '@millwright/kernel';
import { keptBy } from '../stations/keep/keep-rules.ts';
import type { Picture } from '../stations/picture-source.ts';
import type { VerdictAnswer } from '../stations/schemas.ts';
import { startOfDay } from '../stations/start-of-day.ts';
import { toVerdict } from '../stations/verdict-answer.ts';
import { verdictRow } from '../stations/verdict-row.ts';
import type { Judged } from '../work/messages.ts';
import type { BoxStation, BoxVerdict } from './contract.ts';
import { LineFile } from './line-file.ts';

type SenderContext = Pick<EdgeContext, 'folder' | 'clock' | 'box' | 'send'>;

interface Count {
  readonly station: string;
  /** Number of the lot, or the beginning of the day where none is open. */
  readonly of: string;
  readonly parts: number;
}

/** Hands verdicts over to the outbox, with the pictures that the rules of the station keep. */
export class VerdictSender {
  readonly #context: SenderContext;
  readonly #work: string;
  readonly #counts: LineFile<Count>;

  constructor(context: SenderContext) {
    this.#context = context;
    this.#work = join(context.folder, 'pictures-in-work');
    this.#counts = new LineFile(join(context.folder, 'parts-so-far.jsonl'));
  }

  /** What a process before this one was about to hand over is judged again, or was handed over. */
  async begin(): Promise<void> {
    await rm(this.#work, { recursive: true, force: true });
  }

  /** Resolves once it is on disk for the server; only there it gets its finding. */
  async send(
    station: BoxStation,
    picture: Picture,
    outcome: Judged | string,
    milliseconds: number,
  ): Promise<VerdictAnswer> {
    const { name, content, key, partId, resultId, lot } = picture;
    const hash = createHash('sha256').update(content).digest('hex');
    const judged = typeof outcome === 'string' ? undefined : outcome;
    const { verdict = 'refused', score = null, threshold = null } = judged ?? {};
    const place = station.keep.first === null ? 0 : await this.#placeOf(station, lot ?? station.lot);
    const by = keptBy(station.keep, { verdict, score, threshold, hash, place });
    const heat = by ? judged?.heatmap : null;
    const files = by ? [await this.#file('picture', content)] : [];
    if (heat) files.push(await this.#file('heatmap.png', heat));
    const { id: stationId, inspectionId, version, model } = station;
    const payload: BoxVerdict = {
      ...{ stationId, inspectionId, version, model, name, hash, milliseconds, keptBy: by },
      outcome: judged ? withoutHeat(judged) : String(outcome),
      bytes: content.length + (heat?.length ?? 0),
      ...{ partId, resultId, lot },
    };
    const id = key === undefined ? newId() : idOf(`${stationId} ${key}`);
    const at = this.#context.clock.now();
    try {
      await this.#context.send('verdict', payload, {
        ...{ id, files, time: at.getTime() },
        // When the disk is full, what passed goes first.
        priority: verdict === 'ok' ? 'bulk' : 'event',
      });
    } finally {
      for (const { path } of files) await rm(path, { force: true });
    }
    const judgedBy = { inspection_id: inspectionId, version, model };
    const row = { ...payload, id, at, version: judgedBy, heatmap: null };
    return toVerdict(verdictRow(stationId, row, null));
  }

  async #file(name: string, content: Uint8Array): Promise<{ path: string; name: string }> {
    await mkdir(this.#work, { recursive: true });
    const path = join(this.#work, randomUUID());
    await writeFile(path, content);
    return { path, name };
  }

  /** Place of the part in the lot that is open, or of the day where none is. */
  async #placeOf({ id: station }: BoxStation, lot: string | null): Promise<number> {
    const { clock, box } = this.#context;
    const of = lot ?? startOfDay(clock.now(), box.timezone).toISOString();
    const before = (await this.#counts.rows()).findLast((row) => row.station === station && row.of === of);
    const parts = (before?.parts ?? 0) + 1;
    await this.#counts.keep((row) => row.station !== station);
    await this.#counts.add({ station, of, parts });
    return parts;
  }
}

const withoutHeat = ({ heatmap: _, ...judged }: Judged) => judged;

/** The same for the same picture, so that one that is sent again after a power failure is one part: a UUID of version 8 (RFC 9562). */
function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  const parts = [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `8${hex.slice(13, 16)}`,
    `8${hex.slice(17, 20)}`,
    hex.slice(20, 32),
  ];
  return parts.join('-');
}
