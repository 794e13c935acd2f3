import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Logger, newId } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { storableJson } from '../delivery/storable-text.ts';
import type { EdgeReportedRow } from '../schema.ts';
import type { EdgeAsks } from './asks.ts';
import type { EdgeBoxService } from './box-service.ts';
import type { BoxSignals } from './box-signals.ts';
import type { EdgeCommand, EdgeDesired, EdgeReport } from './contract.ts';
import { type DesiredService, factsOf } from './desired-service.ts';
import type { EdgeParts } from './edge-parts.ts';
import { edgeErrors } from './errors.ts';
import type { BoxRow, CommandRow, EdgeRepository } from './repository.ts';

/** A command that a box did not hear of for this long is not wanted any more: nobody means a restart of last week. */
const commandLifeMs = 3_600_000;
/** Answers of commands (tails of logs) are kept this long. */
const keepCommandsMs = 30 * 86_400_000;

export interface EdgeCommandView {
  readonly id: string;
  readonly kind: 'restart' | 'log';
  readonly level: string | null;
  readonly lines: number | null;
  readonly at: string;
  readonly by: string;
  readonly doneAt: string | null;
  readonly ok: boolean | null;
  readonly result: unknown;
}

/** What a box asks and tells beside its messages: its desired state, its report, commands to it and their answers. */
export class ExchangeService {
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #boxes: EdgeBoxService;
  #repository: EdgeRepository;
  #desired: DesiredService;
  #parts: EdgeParts;
  #asks: EdgeAsks;
  #signals: BoxSignals;
  #logger: Logger;
  #stopping = false;
  /** Told of each report once it is stored; rollouts go by it. */
  onReport: (boxId: string) => void = () => undefined;
  /** Port of the broker in this process; null where there is none a box could go to by itself. */
  mqttPort: number | null = null;

  constructor(parts: {
    db: Database;
    ledger: Ledger;
    clock: Clock;
    boxes: EdgeBoxService;
    desired: DesiredService;
    edgeParts: EdgeParts;
    asks: EdgeAsks;
    signals: BoxSignals;
    logger: Logger;
  }) {
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#boxes = parts.boxes;
    this.#repository = parts.boxes.repository;
    this.#desired = parts.desired;
    this.#parts = parts.edgeParts;
    this.#asks = parts.asks;
    this.#signals = parts.signals;
    this.#logger = parts.logger;
  }

  /** What a box is to do, at once when it is another revision than it `has` or a command waits, else after `waitMs` at most. */
  async poll(
    actor: Actor,
    has: number | undefined,
    waitMs: number,
    signal?: AbortSignal,
  ): Promise<EdgeDesired | undefined> {
    const deadline = Date.now() + waitMs;
    for (;;) {
      const box = await this.#boxes.caller(actor);
      const desired = await this.#desired.current(box.id);
      const commands = await this.#openCommands(box.id);
      const left = deadline - Date.now();
      const isNews = (desired?.revision ?? 0) !== has || commands.length > 0 || this.#asks.hasNew(box.id);
      if (isNews) {
        const all = [...commands, ...this.#asks.take(box.id)];
        return this.#answer(box, desired?.revision ?? 0, desired?.parts ?? {}, all);
      }
      if (left <= 0 || signal?.aborted || this.#stopping) return undefined;
      await this.#signals.wait(box.id, left, signal);
    }
  }

  /** Answers everybody who waits, from now on at once. */
  release(): void {
    this.#stopping = true;
    this.#signals.wake();
  }

  now(): number {
    return this.#clock.now().getTime();
  }

  /** Keeps what a box says of itself; answers which documents it lacks. */
  async report(actor: Actor, report: EdgeReport): Promise<{ serverTime: number; want: string[] }> {
    const box = await this.#boxes.caller(actor);
    const now = this.#clock.now();
    const stored = JSON.parse(storableJson(report)) as EdgeReport;
    await this.#db.transaction(async () => {
      const { parts, ...rest } = stored;
      await this.#repository.updateBox(box.id, { report: { ...rest, parts: {} }, reported_at: now, contact_at: now });
      for (const [part, said] of Object.entries(parts)) {
        const row: EdgeReportedRow = {
          ...{ box_id: box.id, part, revision: said.revision, document_hash: said.documentHash, at: now },
          since: said.since === null ? null : new Date(said.since),
          document: said.document ?? null,
          error: said.error,
          refused: said.refused ?? [],
          figures: said.figures,
        };
        await this.#repository.upsertReported(row);
      }
      await this.#repository.removeReportedBut(box.id, Object.keys(parts));
    });
    const rows = await this.#repository.reported([box.id]);
    for (const [part, said] of Object.entries(stored.parts))
      await this.#parts
        .get(part)
        ?.onReported?.(factsOf(box), said)
        .catch((error: unknown) => this.#logger.error({ err: error, part, box: box.name }, 'a report was not taken'));
    this.onReport(box.id);
    return { serverTime: now.getTime(), want: rows.filter(({ document }) => !document).map(({ part }) => part) };
  }

  async command(
    actor: Actor,
    boxId: string,
    input: { kind: 'restart' | 'log'; level?: string; lines?: number },
  ): Promise<EdgeCommandView> {
    const box = await this.#boxes.row(actor, boxId, 'cloud.edge.operate');
    const row: CommandRow = {
      ...{ id: newId(), box_id: box.id, kind: input.kind, actor_name: actor.name, at: this.#clock.now() },
      level: input.level ?? (input.kind === 'log' ? 'info' : null),
      lines: input.lines ?? (input.kind === 'log' ? 200 : null),
      ...{ done_at: null, ok: null, result: null },
    };
    await this.#db.transaction(async () => {
      await this.#repository.insertCommand(row);
      const content = { name: box.name, kind: input.kind };
      await this.#ledger.record(actor, { type: 'cloud.edge-command', subject: boxId, siteId: box.site_id, content });
    });
    this.#signals.wake([boxId]);
    return toView(row);
  }

  /** Throws EDGE_COMMAND_UNKNOWN. */
  async commandOf(actor: Actor, boxId: string, id: string): Promise<EdgeCommandView> {
    await this.#boxes.row(actor, boxId, 'cloud.edge.operate');
    const row = await this.#repository.command(boxId, id);
    if (!row) throw edgeErrors.EDGE_COMMAND_UNKNOWN({ id });
    return toView(row);
  }

  /** A box’s answer to a command; the first one counts. Throws EDGE_COMMAND_UNKNOWN. */
  async answer(actor: Actor, id: string, answer: { ok: boolean; result: unknown }): Promise<void> {
    const box = await this.#boxes.caller(actor);
    if (this.#asks.answer(box.id, id, answer)) return;
    const row = await this.#repository.command(box.id, id);
    if (!row) throw edgeErrors.EDGE_COMMAND_UNKNOWN({ id });
    const result: unknown = JSON.parse(storableJson(answer.result ?? null));
    await this.#repository.endCommand(id, answer.ok, result, this.#clock.now());
  }

  async forgetOld(): Promise<void> {
    await this.#repository.forgetCommands(new Date(this.now() - keepCommandsMs));
  }

  async #openCommands(boxId: string): Promise<EdgeCommand[]> {
    const open = await this.#repository.openCommands(boxId);
    const wanted: EdgeCommand[] = [];
    for (const row of open) {
      if (this.now() - row.at.getTime() > commandLifeMs) {
        await this.#repository.endCommand(row.id, false, { expired: true }, this.#clock.now());
        continue;
      }
      wanted.push({
        ...{ id: row.id, kind: row.kind },
        ...(row.level !== null && { level: row.level as EdgeCommand['level'] }),
        ...(row.lines !== null && { lines: row.lines }),
      });
    }
    return wanted;
  }

  #answer(box: BoxRow, revision: number, parts: EdgeDesired['parts'], commands: EdgeCommand[]): EdgeDesired {
    const { id, name } = box;
    return {
      box: { id, name, siteId: box.site_id, siteName: box.site_name, timezone: box.timezone },
      ...{ revision, parts, commands, mqttPort: this.mqttPort, serverTime: this.now() },
    };
  }
}

export const toView = (row: CommandRow): EdgeCommandView => ({
  ...{ id: row.id, kind: row.kind, level: row.level, lines: row.lines, by: row.actor_name },
  ...{ at: row.at.toISOString(), doneAt: row.done_at?.toISOString() ?? null, ok: row.ok, result: row.result },
});
