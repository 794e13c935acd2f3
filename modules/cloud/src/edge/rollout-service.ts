import type { Database } from '@millwright/db';
import {
  type Actor,
  type Clock,
  isAllowed,
  type Logger,
  type Note,
  newId,
  requirePermission,
} from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { awayAfterMs, type EdgeBoxService } from './box-service.ts';
import type { DesiredService } from './desired-service.ts';
import { edgeErrors } from './errors.ts';
import { edgeNotes } from './notes.ts';
import type { BoxRow } from './repository.ts';
import { type RolloutBoxRow, RolloutRepository, type RolloutRow } from './rollout-repository.ts';
import type { RolloutSettings } from './rollout-settings.ts';

export interface RolloutBox {
  readonly boxId: string;
  readonly name: string;
  readonly siteId: string;
  readonly stage: number;
  readonly state: RolloutBoxRow['state'];
  readonly fromRevision: number | null;
  readonly toRevision: number | null;
  readonly sentAt: string | null;
  readonly healthySince: string | null;
  readonly reason: Note | null;
}

export interface Rollout {
  readonly id: string;
  readonly name: string;
  readonly state: RolloutRow['state'];
  /** From 1. */
  readonly stage: number;
  readonly stages: number;
  readonly settings: RolloutSettings;
  readonly by: string;
  readonly at: string;
  readonly endedAt: string | null;
  readonly reason: Note | null;
  readonly boxes: readonly RolloutBox[];
}

const ended = new Set<RolloutRow['state']>(['done', 'failed', 'rolled-back']);

/**
 * Brings what was changed to boxes a few at a time: a stage begins when every box of the one before has been well for a
 * while; when more boxes fail than may, everything is taken back by itself. Each step is an action in the ledger.
 */
export class RolloutService {
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #logger: Logger;
  #boxes: EdgeBoxService;
  #desired: DesiredService;
  #repository: RolloutRepository;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(parts: {
    db: Database;
    ledger: Ledger;
    clock: Clock;
    logger: Logger;
    boxes: EdgeBoxService;
    desired: DesiredService;
  }) {
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#logger = parts.logger;
    this.#boxes = parts.boxes;
    this.#desired = parts.desired;
    this.#repository = new RolloutRepository(parts.db);
  }

  async list(actor: Actor): Promise<Rollout[]> {
    requirePermission(actor, 'cloud.edge.read');
    const shown = await Promise.all((await this.#repository.list(100)).map((row) => this.#shown(actor, row)));
    return shown.filter((rollout) => rollout.boxes.length > 0);
  }

  async rollout(actor: Actor, id: string): Promise<Rollout> {
    requirePermission(actor, 'cloud.edge.read');
    const row = await this.#repository.rollout(id);
    const shown = row && (await this.#shown(actor, row));
    if (!shown) throw edgeErrors.EDGE_ROLLOUT_UNKNOWN({ id });
    // Says nothing of one that is about boxes of other sites only.
    if (shown.boxes.length === 0) requirePermission(actor, 'cloud.edge.read', await this.#repository.siteOf(id));
    return shown;
  }

  /**
   * Starts one. `stages` names the boxes of each stage; `percent` shares them out instead: `[10, 50, 100]` is a tenth (at
   * least one box) first, then up to half, then the rest, in the order given. Throws EDGE_ROLLOUT_EMPTY, EDGE_ROLLOUT_BUSY.
   */
  async start(
    actor: Actor,
    input: {
      name: string;
      boxIds?: readonly string[];
      percent?: readonly number[];
      stages?: readonly (readonly string[])[];
      settings: RolloutSettings;
    },
  ): Promise<Rollout> {
    const stages = input.stages ?? shareOut(input.boxIds ?? [], input.percent ?? [100]);
    const rows: RolloutBoxRow[] = [];
    const now = this.#clock.now();
    const id = newId();
    let changes = 0;
    for (const [at, boxIds] of stages.entries())
      for (const boxId of boxIds) {
        const box = await this.#boxes.row(actor, boxId, 'cloud.edge.manage');
        if (rows.some((row) => row.box_id === boxId)) continue;
        const busy = await this.#repository.runningOf(boxId);
        if (busy) throw edgeErrors.EDGE_ROLLOUT_BUSY({ box: box.name, rollout: busy.name });
        if (await this.#desired.waits(box)) changes += 1;
        rows.push({
          ...{ rollout_id: id, box_id: boxId, stage: at + 1, state: 'waiting' },
          ...{ from_revision: null, to_revision: null, sent_at: null, healthy_since: null, reason: null },
        });
      }
    if (changes === 0) throw edgeErrors.EDGE_ROLLOUT_EMPTY({});
    const rollout: RolloutRow = {
      ...{ id, name: input.name, state: 'running', stage: 1, stages: stages.length, settings: input.settings },
      ...{ actor_name: actor.name, at: now, ended_at: null, reason: null },
    };
    await this.#db.transaction(async () => {
      await this.#repository.insert(rollout, rows);
      const content = { name: input.name, stages: stages.map((boxes) => [...boxes]), settings: input.settings };
      await this.#record(actor, rollout, 'cloud.edge-rollout-start', content);
    });
    await this.advance();
    return this.rollout(actor, id);
  }

  async pause(actor: Actor, id: string): Promise<Rollout> {
    return this.#switch(actor, id, 'running', 'paused');
  }

  async resume(actor: Actor, id: string): Promise<Rollout> {
    return this.#switch(actor, id, 'paused', 'running');
  }

  /** Takes it back on every box it has reached, whether it runs or is done. */
  async rollBack(actor: Actor, id: string): Promise<Rollout> {
    await this.#inTurn(async () => {
      const { row } = await this.#managed(actor, id);
      if (row.state === 'failed' || row.state === 'rolled-back')
        throw edgeErrors.EDGE_ROLLOUT_ENDED({ name: row.name, state: row.state });
      await this.#takeBack(actor, row, 'rolled-back', edgeNotes['by-hand']({ actor: actor.name }));
    });
    return this.rollout(actor, id);
  }

  /** Looks at every rollout that runs and does what is due. Called after reports, and every few seconds. */
  async advance(): Promise<void> {
    await this.#inTurn(async () => {
      for (const row of await this.#repository.running())
        await this.#advance(row).catch((error: unknown) =>
          this.#logger.error({ err: error, rollout: row.name }, 'a rollout did not go on; it will be tried again'),
        );
    });
  }

  async #advance(row: RolloutRow): Promise<void> {
    const actor = rolloutActor(row);
    for (const box of (await this.#repository.boxesOf(row.id)).filter(({ stage }) => stage <= row.stage))
      await this.#look(actor, row, box);
    const boxes = await this.#repository.boxesOf(row.id);
    const failed = boxes.filter(({ state }) => state === 'failed');
    if (failed.length > row.settings.mostFailed) {
      const why =
        failed.length === 1
          ? failed[0]!.reason
          : edgeNotes['too-many-failed']({ failed: failed.length, most: row.settings.mostFailed });
      return this.#takeBack(actor, row, 'failed', why);
    }
    const due = boxes.filter(({ stage }) => stage <= row.stage);
    if (!due.every((box) => this.#isThrough(row, box))) return;
    const isLast = row.stage >= row.stages;
    await this.#db.transaction(async () => {
      if (isLast) await this.#repository.update(row.id, { state: 'done', ended_at: this.#clock.now() });
      else await this.#repository.update(row.id, { stage: row.stage + 1 });
      const type = isLast ? 'cloud.edge-rollout-done' : 'cloud.edge-rollout-stage';
      await this.#record(actor, row, type, { name: row.name, stage: isLast ? row.stage : row.stage + 1 });
    });
    if (!isLast) await this.#advance({ ...row, stage: row.stage + 1 });
  }

  /** Whether a stage need not wait for this box any more. */
  #isThrough(row: RolloutRow, box: RolloutBoxRow): boolean {
    if (box.state !== 'healthy') return box.state !== 'waiting' && box.state !== 'sent';
    const soaked = this.#clock.now().getTime() - (box.healthy_since?.getTime() ?? 0);
    return soaked >= row.settings.soakSeconds * 1000;
  }

  async #look(actor: Actor, row: RolloutRow, step: RolloutBoxRow): Promise<void> {
    if (step.state === 'failed' || step.state === 'unchanged' || step.state === 'rolled-back') return;
    const box = await this.#boxes.repository.box(step.box_id);
    const change = (next: Partial<RolloutBoxRow>) => this.#repository.updateBox(row.id, step.box_id, next);
    if (!box) return change({ state: 'unchanged', reason: edgeNotes['box-removed']({ box: step.box_id }) });
    const now = this.#clock.now();
    if (step.state === 'waiting') {
      const from = box.desired_revision;
      const released = await this.#desired.release(actor, box.id, row.id);
      if (!released) return change({ state: 'unchanged', from_revision: from, to_revision: from });
      return change({ state: 'sent', from_revision: from, to_revision: released.revision, sent_at: now });
    }
    const trouble = await this.#trouble(box, step.to_revision!);
    if (trouble === 'pending') {
      const inContact = (box.contact_at?.getTime() ?? 0) > step.sent_at!.getTime();
      if (!inContact && now.getTime() - step.sent_at!.getTime() > awayAfterMs) return change({ state: 'away' });
      const patienceMs = row.settings.patienceSeconds * 1000;
      if (!inContact || now.getTime() - step.sent_at!.getTime() < patienceMs)
        return step.state === 'sent' ? undefined : change({ state: 'sent', healthy_since: null });
      return this.#fail(actor, row, box, edgeNotes['too-slow']({ box: box.name, minutes: patienceMs / 60_000 }));
    }
    if (trouble) return this.#fail(actor, row, box, trouble);
    if (step.state !== 'healthy') await change({ state: 'healthy', healthy_since: now });
  }

  /** What is wrong with the box at a revision; `pending` before it has said that it is in effect. */
  async #trouble(box: BoxRow, revision: number): Promise<Note | 'pending' | undefined> {
    const reported = await this.#boxes.repository.reported([box.id]);
    for (const { part, error } of reported)
      if (error && error.revision >= revision)
        return edgeNotes['box-error']({ box: box.name, part, message: error.message });
    const wanted = Object.keys((await this.#boxes.repository.desired(box.id, revision))?.parts ?? {});
    const inEffect = wanted.every((name) => reported.some((row) => row.part === name && row.revision >= revision));
    if (!inEffect) return 'pending';
    for (const { part, refused } of reported) {
      // What was refused before this rollout is no fault of it.
      const one = refused.find((refusal) => refusal.revision >= revision);
      if (one) return edgeNotes['part-refused']({ box: box.name, part, reason: one.reason });
    }
    for (const { part, figures } of reported)
      if (typeof figures.problem === 'string' && figures.problem !== '')
        return edgeNotes['part-problem']({ box: box.name, part, message: figures.problem });
    return undefined;
  }

  async #fail(actor: Actor, row: RolloutRow, box: BoxRow, reason: Note): Promise<void> {
    await this.#db.transaction(async () => {
      await this.#repository.updateBox(row.id, box.id, { state: 'failed', reason });
      await this.#ledger.record(actor, {
        ...{ type: 'cloud.edge-rollout-fail', subject: row.id, siteId: box.site_id },
        content: { name: row.name, box: box.name, reason },
      });
    });
  }

  async #takeBack(actor: Actor, row: RolloutRow, state: 'failed' | 'rolled-back', reason: Note | null): Promise<void> {
    // First, so that a server killed in the middle goes on with it instead of with the next stage.
    await this.#db.transaction(async () => {
      await this.#repository.update(row.id, { state, reason, ended_at: this.#clock.now() });
      await this.#record(actor, row, 'cloud.edge-rollout-back', { name: row.name, state, reason });
    });
    await this.#finishTakingBack({ ...row, state });
  }

  /** Boxes that still have what was taken back get their earlier state; also after a server was killed in the middle. */
  async #finishTakingBack(row: RolloutRow): Promise<void> {
    for (const step of await this.#repository.boxesOf(row.id)) {
      if (step.to_revision === null || step.from_revision === null || step.to_revision === step.from_revision) continue;
      if (step.state === 'rolled-back') continue;
      const box = await this.#boxes.repository.box(step.box_id);
      // One that was changed since is somebody else’s business.
      if (box && box.desired_revision === step.to_revision && step.from_revision > 0)
        await this.#desired.rollBack(rolloutActor(row), box.id, step.from_revision, row.id);
      // Which one failed, and why, stays to be seen.
      if (step.state !== 'failed') await this.#repository.updateBox(row.id, step.box_id, { state: 'rolled-back' });
    }
  }

  /** After a start: what a killed server left half taken back. */
  async repair(): Promise<void> {
    await this.#inTurn(async () => {
      for (const row of await this.#repository.takenBack(20)) await this.#finishTakingBack(row);
    });
  }

  async #switch(actor: Actor, id: string, from: 'running' | 'paused', to: 'running' | 'paused'): Promise<Rollout> {
    await this.#inTurn(async () => {
      const { row } = await this.#managed(actor, id);
      if (ended.has(row.state)) throw edgeErrors.EDGE_ROLLOUT_ENDED({ name: row.name, state: row.state });
      if (row.state !== from) return;
      await this.#db.transaction(async () => {
        await this.#repository.update(id, { state: to });
        await this.#record(actor, row, `cloud.edge-rollout-${to === 'paused' ? 'pause' : 'resume'}`, {
          name: row.name,
        });
      });
    });
    return this.rollout(actor, id);
  }

  /** Throws unless the actor may manage every box of it. */
  async #managed(actor: Actor, id: string): Promise<{ row: RolloutRow; boxes: RolloutBoxRow[] }> {
    requirePermission(actor, 'cloud.edge.manage');
    const row = await this.#repository.rollout(id);
    if (!row) throw edgeErrors.EDGE_ROLLOUT_UNKNOWN({ id });
    for (const siteId of await this.#repository.sitesOf(id)) requirePermission(actor, 'cloud.edge.manage', siteId);
    return { row, boxes: await this.#repository.boxesOf(id) };
  }

  async #record(actor: Actor, row: RolloutRow, type: string, content: object): Promise<void> {
    const sites = await this.#repository.sitesOf(row.id);
    const siteId = sites.length === 1 ? sites[0] : undefined;
    await this.#ledger.record(actor, { type, subject: row.id, siteId, content });
  }

  async #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const before = this.#turn;
    const mine = (async () => {
      await before.catch(() => undefined); // Its caller was told.
      return work();
    })();
    this.#turn = mine;
    return mine;
  }

  async #shown(actor: Actor, row: RolloutRow): Promise<Rollout> {
    const boxes = await this.#repository.boxesWithNames(row.id);
    return {
      ...{ id: row.id, name: row.name, state: row.state, stage: row.stage, stages: row.stages },
      ...{ settings: row.settings, by: row.actor_name, at: row.at.toISOString(), reason: row.reason },
      endedAt: row.ended_at?.toISOString() ?? null,
      boxes: boxes
        .filter(({ site_id }) => isAllowed(actor, 'cloud.edge.read', site_id))
        .map((box) => ({
          ...{ boxId: box.box_id, name: box.name, siteId: box.site_id, stage: box.stage, state: box.state },
          ...{ fromRevision: box.from_revision, toRevision: box.to_revision, reason: box.reason },
          sentAt: box.sent_at?.toISOString() ?? null,
          healthySince: box.healthy_since?.toISOString() ?? null,
        })),
    };
  }
}

const rolloutActor = (row: RolloutRow): Actor => ({
  ...{ kind: 'job', id: row.id, name: `rollout ${row.name}`, role: 'engineer' },
});

/** Boxes by stage for rising percentages; every stage has at least one box while there are any. */
export function shareOut(boxIds: readonly string[], percent: readonly number[]): string[][] {
  const stages: string[][] = [];
  let from = 0;
  for (const [at, share] of percent.entries()) {
    const isLast = at === percent.length - 1;
    const to = isLast ? boxIds.length : Math.max(from + 1, Math.ceil((boxIds.length * share) / 100));
    const stage = boxIds.slice(from, to);
    if (stage.length > 0) stages.push(stage);
    from = Math.max(from, to);
  }
  return stages;
}
