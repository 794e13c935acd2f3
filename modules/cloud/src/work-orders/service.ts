import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import type { AccessService } from '@millwright/http';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import type { Ledger, LedgerEntry } from '@millwright/ledger';
import type { z } from 'zod';
import type { AlertService } from '../alerts/service.ts';
import type { PlantService } from '../plant/service.ts';
import { orderErrors } from './errors.ts';
import { assignedAlert, overdueAlert } from './order-alerts.ts';
import {
  type commentInputSchema,
  orderChangeSchema,
  orderInputSchema,
  orderMoveSchema,
  type partInputSchema,
  type timeInputSchema,
  type WorkOrderChange,
  type WorkOrderInput,
  type WorkOrderMove,
  type WorkOrderQuery,
} from './order-input.ts';
import { toFacts, toOrder } from './order-view.ts';
import { readPhoto } from './photo-type.ts';
import { type OrderFilter, WorkOrderRepository } from './repository.ts';
import type { WorkOrderRow } from './schema.ts';
import { isUnfinished, type WorkOrder, type WorkOrderFacts, workOrderMoves } from './work-order.ts';

/** What a module that orders are raised from wants to hear of them. */
export interface OrderFollower {
  /** Whoever closes an order of this kind has to give a verdict. */
  readonly asksVerdict: boolean;
  /** Called inside the transaction in which an order came to be or was moved; rejecting takes that back. */
  moved(actor: Actor, order: WorkOrder): Promise<void>;
}

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
}

const mostPhotos = 100;
const mostParts = 200;
const mostTimes = 500;
const exportPage = 500;
const mostTold = 100;

type Change = Partial<Omit<WorkOrderRow, 'id' | 'number'>>;

/** Work orders: what somebody does about something. Every change is an action in the ledger. */
export class WorkOrderService {
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #blobs: Blobs;
  #access: AccessService;
  #alerts: AlertService;
  #plant: PlantService;
  #repository: WorkOrderRepository;
  #followers = new Map<string, OrderFollower>();

  constructor(parts: {
    readonly db: Database;
    readonly ledger: Ledger;
    readonly clock: Clock;
    readonly blobs: Blobs;
    readonly access: AccessService;
    readonly alerts: AlertService;
    readonly plant: PlantService;
  }) {
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#blobs = parts.blobs;
    this.#access = parts.access;
    this.#alerts = parts.alerts;
    this.#plant = parts.plant;
    this.#repository = new WorkOrderRepository(parts.db);
  }

  /** Has a module told of the orders that were raised from its kind of source. For `start` of that module. */
  follow(sourceKind: string, follower: OrderFollower): void {
    this.#followers.set(sourceKind, follower);
  }

  /** Orders of the actor's sites that fit, and how many there are in all. */
  async list(
    actor: Actor,
    query: WorkOrderQuery,
    page: { offset: number; limit: number },
  ): Promise<{ items: WorkOrderFacts[]; total: number }> {
    const now = this.#clock.now();
    const { rows, total } = await this.#repository.list({ ...this.#filter(actor, query, now), ...page });
    return { items: rows.map((row) => toFacts(row, now)), total };
  }

  /** The same, all of them, some hundred at a time. */
  pages(actor: Actor, query: WorkOrderQuery): AsyncGenerator<WorkOrderFacts[]> {
    const now = this.#clock.now();
    const filter = this.#filter(actor, query, now);
    const repository = this.#repository;
    return (async function* () {
      for (let offset = 0; ; offset += exportPage) {
        const { rows } = await repository.list({ ...filter, offset, limit: exportPage });
        if (rows.length > 0) yield rows.map((row) => toFacts(row, now));
        if (rows.length < exportPage) return;
      }
    })();
  }

  /** Throws ORDER_UNKNOWN. */
  async one(actor: Actor, id: string): Promise<WorkOrder> {
    requirePermission(actor, 'cloud.order.read');
    const order = await this.#whole(id);
    requirePermission(actor, 'cloud.order.read', order.siteId);
    return order;
  }

  /** What was done to an order, newest first. */
  async history(actor: Actor, id: string): Promise<LedgerEntry[]> {
    await this.one(actor, id);
    return this.#ledger.list(actor, { subject: id, limit: 500 });
  }

  /** Who may own orders of a site. */
  async people(actor: Actor, siteId: string): Promise<Person[]> {
    requirePermission(actor, 'cloud.order.read', siteId);
    return this.#access.holders('cloud.order.work', siteId);
  }

  /** Throws NODE_UNKNOWN, ORDER_OWNER_UNFIT, and what the ledger says of a finding that is not there. */
  async create(actor: Actor, given: WorkOrderInput): Promise<WorkOrder> {
    requirePermission(actor, 'cloud.order.manage');
    const input = orderInputSchema.parse(given);
    const { siteId } = await this.#plant.node(actor, input.nodeId);
    requirePermission(actor, 'cloud.order.manage', siteId);
    if (input.findingId) await this.#ledger.entry(actor, input.findingId);
    const now = this.#clock.now();
    const id = newId();
    return this.#db.transaction(async () => {
      await this.#repository.insert({
        ...{ id, site_id: siteId, node_id: input.nodeId, title: input.title, description: input.description },
        ...{ priority: input.priority, state: 'open', due_at: input.dueAt ? new Date(input.dueAt) : null },
        ...(await this.#owner(siteId, input.ownerId)),
        ...{ source_kind: input.source?.kind ?? null, source_id: input.source?.id ?? null },
        ...{ source_link: input.source?.link ?? null, source_title: input.source?.title ?? null },
        finding_id: input.findingId,
        checklist: input.checklist.map((text) => ({ id: newId(), text, done: null })),
        ...{ parts: [], times: [], outcome: null, created_at: now, created_by: actor.name, changed_at: now },
        ...{ closed_at: null, overdue_alert: null },
      });
      await this.#ledger.record(actor, { type: 'cloud.order-create', subject: id, siteId, content: input });
      const order = await this.#whole(id);
      if (order.owner && order.owner.id !== actor.id) await this.#alerts.raise(assignedAlert(order, now));
      await this.#tellFollower(actor, order);
      return order;
    });
  }

  /** Throws ORDER_UNKNOWN, ORDER_CLOSED, ORDER_OWNER_UNFIT, NODE_UNKNOWN. */
  async change(actor: Actor, id: string, given: WorkOrderChange): Promise<WorkOrder> {
    const change = orderChangeSchema.parse(given);
    return this.#edit(actor, id, 'manage', 'cloud.order-change', async (row) => {
      requireUnfinished(row);
      const node = change.nodeId === undefined ? undefined : await this.#plant.node(actor, change.nodeId);
      if (node) requirePermission(actor, 'cloud.order.manage', node.siteId);
      const siteId = node?.siteId ?? row.site_id;
      const owner =
        change.ownerId !== undefined || siteId !== row.site_id
          ? await this.#owner(siteId, change.ownerId === undefined ? row.owner_id : change.ownerId)
          : undefined;
      const ticks = new Map(row.checklist.map((item) => [item.id, item.done]));
      const due = change.dueAt === undefined ? undefined : change.dueAt ? new Date(change.dueAt) : null;
      // Put off, it is overdue no more, and may become so again.
      if (due !== undefined && row.overdue_alert) await this.#settleOverdue(row, actor);
      const set: Change = {
        ...(node && { node_id: node.id, site_id: siteId }),
        ...(change.title !== undefined && { title: change.title }),
        ...(change.description !== undefined && { description: change.description }),
        ...(change.priority !== undefined && { priority: change.priority }),
        ...(due !== undefined && { due_at: due, overdue_alert: null }),
        ...owner,
        ...(change.checklist && {
          checklist: change.checklist.map(({ id: kept, text }) => ({
            ...{ id: kept && ticks.has(kept) ? kept : newId(), text },
            done: (kept && ticks.get(kept)) || null,
          })),
        }),
      };
      return { set, content: change, isAssigned: owner?.owner_id != null && owner.owner_id !== row.owner_id };
    });
  }

  /** Throws ORDER_MOVE_REFUSED, ORDER_OUTCOME_MISSING, ORDER_VERDICT_MISSING. */
  async move(actor: Actor, id: string, given: WorkOrderMove): Promise<WorkOrder> {
    const { state, outcome } = orderMoveSchema.parse(given);
    const order = await this.#edit(actor, id, 'work', 'cloud.order-move', async (row) => {
      const { number } = row;
      const right = workOrderMoves[row.state][state];
      if (!right) throw orderErrors.ORDER_MOVE_REFUSED({ number, from: row.state, to: state });
      requirePermission(actor, `cloud.order.${right}`, row.site_id);
      if (state === 'done') {
        if (!outcome) throw orderErrors.ORDER_OUTCOME_MISSING({ number });
        if (outcome.verdict === null && this.#asksVerdict(row)) throw orderErrors.ORDER_VERDICT_MISSING({ number });
      }
      const closes = !isUnfinished(state);
      if (closes && row.overdue_alert) await this.#settleOverdue(row, actor);
      const set: Change = {
        ...{ state, closed_at: closes ? this.#clock.now() : null },
        ...(state === 'done' && { outcome }),
        ...(closes && { overdue_alert: null }),
      };
      return { set, content: { from: row.state, to: state, ...(state === 'done' && { outcome }) }, isMoved: true };
    });
    return order;
  }

  /** Ticks an item of the checklist, or takes the tick away. Throws ORDER_ITEM_UNKNOWN. */
  async tick(actor: Actor, id: string, itemId: string, done: boolean): Promise<WorkOrder> {
    return this.#edit(actor, id, 'work', 'cloud.order-tick', async (row) => {
      requireUnfinished(row);
      const item = row.checklist.find((one) => one.id === itemId);
      if (!item) throw orderErrors.ORDER_ITEM_UNKNOWN({ number: row.number, item: itemId });
      const mark = done ? { by: actor.name, at: this.#clock.now().toISOString() } : null;
      const checklist = row.checklist.map((one) =>
        one.id === itemId ? { ...one, done: done ? (one.done ?? mark) : null } : one,
      );
      return { set: { checklist }, content: { item: item.text, done } };
    });
  }

  async comment(actor: Actor, id: string, { text }: z.output<typeof commentInputSchema>): Promise<WorkOrder> {
    return this.#edit(actor, id, 'work', 'cloud.order-comment', async (row) => {
      const at = this.#clock.now();
      await this.#repository.addComment({ id: newId(), order_id: row.id, said_by: actor.name, at, text });
      return { set: {}, content: { text } };
    });
  }

  async addPart(actor: Actor, id: string, part: z.output<typeof partInputSchema>): Promise<WorkOrder> {
    return this.#edit(actor, id, 'work', 'cloud.order-part', async (row) => {
      requireRoom(row, row.parts.length, mostParts);
      return { set: { parts: [...row.parts, { ...this.#said(actor), ...part }] }, content: part };
    });
  }

  async removePart(actor: Actor, id: string, partId: string): Promise<WorkOrder> {
    return this.#edit(actor, id, 'work', 'cloud.order-part-remove', async (row) => {
      const part = requireItem(row, row.parts, partId);
      return { set: { parts: row.parts.filter((one) => one !== part) }, content: part };
    });
  }

  async addTime(actor: Actor, id: string, time: z.output<typeof timeInputSchema>): Promise<WorkOrder> {
    return this.#edit(actor, id, 'work', 'cloud.order-time', async (row) => {
      requireRoom(row, row.times.length, mostTimes);
      return { set: { times: [...row.times, { ...this.#said(actor), ...time }] }, content: time };
    });
  }

  async removeTime(actor: Actor, id: string, timeId: string): Promise<WorkOrder> {
    return this.#edit(actor, id, 'work', 'cloud.order-time-remove', async (row) => {
      const time = requireItem(row, row.times, timeId);
      return { set: { times: row.times.filter((one) => one !== time) }, content: time };
    });
  }

  /** Throws ORDER_PHOTO_TOO_LARGE, ORDER_PHOTO_UNFIT, ORDER_FULL. */
  async addPhoto(actor: Actor, id: string, name: string, content: Readable): Promise<WorkOrder> {
    requirePermission(actor, 'cloud.order.work', (await this.one(actor, id)).siteId);
    const { bytes, mediaType } = await readPhoto(name, content);
    const { hash, size } = await this.#blobs.put(bytes, { mediaType });
    return this.#edit(actor, id, 'work', 'cloud.order-photo', async (row) => {
      requireRoom(row, (await this.#repository.photos(id)).length, mostPhotos);
      const added = { added_by: actor.name, added_at: this.#clock.now() };
      await this.#repository.addPhoto({ order_id: id, hash, name, media_type: mediaType, size, ...added });
      return { set: {}, content: { hash, name, size } };
    });
  }

  /** Takes it off the order; what the ledger says of it stays, and so does the blob. */
  async removePhoto(actor: Actor, id: string, hash: string): Promise<WorkOrder> {
    return this.#edit(actor, id, 'work', 'cloud.order-photo-remove', async (row) => {
      requireUnfinished(row);
      const photo = (await this.#repository.photos(id)).find((one) => one.hash === hash);
      if (!photo) throw orderErrors.ORDER_ITEM_UNKNOWN({ number: row.number, item: hash });
      await this.#repository.removePhoto(id, hash);
      return { set: {}, content: { hash, name: photo.name } };
    });
  }

  async photo(actor: Actor, id: string, hash: string): Promise<{ content: Readable; mediaType: string }> {
    const { number, photos } = await this.one(actor, id);
    const photo = photos.find((one) => one.hash === hash);
    if (!photo) throw orderErrors.ORDER_ITEM_UNKNOWN({ number, item: hash });
    return { content: await this.#blobs.get(hash), mediaType: photo.mediaType };
  }

  /** Raises an alert for every order that became overdue since the last time. Returns how many. */
  async tellOverdue(): Promise<number> {
    const now = this.#clock.now();
    const rows = await this.#repository.newlyOverdue(now, mostTold);
    for (const { id } of rows)
      await this.#db.transaction(async () => {
        const row = await this.#repository.hold(id);
        if (!row || row.overdue_alert || !isUnfinished(row.state) || !row.due_at || row.due_at >= now) return;
        const overdue_alert = await this.#alerts.raise(overdueAlert(await this.#whole(id)));
        await this.#repository.update(id, { overdue_alert });
      });
    return rows.length;
  }

  /** One change to one order, under its lock, with its action in the ledger. */
  async #edit(
    actor: Actor,
    id: string,
    right: 'work' | 'manage',
    type: string,
    work: (row: WorkOrderRow) => Promise<{ set: Change; content: unknown; isAssigned?: boolean; isMoved?: boolean }>,
  ): Promise<WorkOrder> {
    requirePermission(actor, `cloud.order.${right}`);
    return this.#db.transaction(async () => {
      const row = await this.#repository.hold(id);
      if (!row) throw orderErrors.ORDER_UNKNOWN({ id });
      requirePermission(actor, `cloud.order.${right}`, row.site_id);
      const { set, content, isAssigned, isMoved } = await work(row);
      const now = this.#clock.now();
      await this.#repository.update(id, { ...set, changed_at: now });
      await this.#ledger.record(actor, { type, subject: id, siteId: set.site_id ?? row.site_id, content });
      const order = await this.#whole(id);
      if (isAssigned && order.owner?.id !== actor.id) await this.#alerts.raise(assignedAlert(order, now));
      if (isMoved) await this.#tellFollower(actor, order);
      return order;
    });
  }

  async #whole(id: string): Promise<WorkOrder> {
    const row = await this.#repository.one(id);
    if (!row) throw orderErrors.ORDER_UNKNOWN({ id });
    const photos = await this.#repository.photos(id);
    const comments = await this.#repository.comments(id);
    return toOrder(row, { photos, comments, asksVerdict: this.#asksVerdict(row), now: this.#clock.now() });
  }

  #asksVerdict({ source_kind }: WorkOrderRow): boolean {
    return source_kind !== null && (this.#followers.get(source_kind)?.asksVerdict ?? false);
  }

  async #tellFollower(actor: Actor, order: WorkOrder): Promise<void> {
    if (order.source) await this.#followers.get(order.source.kind)?.moved(actor, order);
  }

  async #settleOverdue({ overdue_alert }: WorkOrderRow, { name }: Actor): Promise<void> {
    if (overdue_alert) await this.#alerts.raised.follow(overdue_alert, { state: 'resolved', by: name, note: '' });
  }

  async #owner(siteId: string, ownerId: string | null): Promise<Pick<WorkOrderRow, 'owner_id' | 'owner_name'>> {
    if (ownerId === null) return { owner_id: null, owner_name: null };
    const person = (await this.#access.holders('cloud.order.work', siteId)).find(({ id }) => id === ownerId);
    if (!person) throw orderErrors.ORDER_OWNER_UNFIT({ user: ownerId });
    return { owner_id: ownerId, owner_name: person.displayName || person.name };
  }

  #said({ name }: Actor) {
    return { id: newId(), by: name, at: this.#clock.now().toISOString() };
  }

  #filter(actor: Actor, query: WorkOrderQuery, now: Date): Omit<OrderFilter, 'offset' | 'limit'> {
    requirePermission(actor, 'cloud.order.read', query.siteId);
    const siteIds = query.siteId ? [query.siteId] : actor.siteIds;
    return {
      ...(siteIds && { siteIds }),
      ...(query.state && { states: query.state }),
      ...(query.priority && { priority: query.priority }),
      ...(query.owner && { ownerId: query.owner === 'me' ? actor.id : query.owner }),
      ...(query.nodeId && { nodeId: query.nodeId }),
      ...(query.sourceKind && { sourceKind: query.sourceKind }),
      ...(query.sourceId && { sourceId: query.sourceId }),
      ...(query.overdue === 'true' && { dueBefore: now }),
      ...(query.text && { text: query.text }),
      ...{ sort: query.sort, descending: query.direction === 'desc' },
    };
  }
}

function requireUnfinished({ number, state }: WorkOrderRow): void {
  if (!isUnfinished(state)) throw orderErrors.ORDER_CLOSED({ number, state });
}

function requireRoom(row: WorkOrderRow, has: number, most: number): void {
  requireUnfinished(row);
  if (has >= most) throw orderErrors.ORDER_FULL({ number: row.number, most });
}

function requireItem<T extends { readonly id: string }>(row: WorkOrderRow, items: readonly T[], id: string): T {
  requireUnfinished(row);
  const found = items.find((one) => one.id === id);
  if (!found) throw orderErrors.ORDER_ITEM_UNKNOWN({ number: row.number, item: id });
  return found;
}
