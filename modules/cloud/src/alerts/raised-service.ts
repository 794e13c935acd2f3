import type { Readable } from 'node:stream';
import type { Blobs } from '@millwright/blobs';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, isAllowed, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { requireOn, sees, siteOf } from './alert-rights.ts';
import type { AlertState } from './alert-state.ts';
import {
  type AlertDelivery,
  type AlertGroup,
  type AlertWithDeliveryCounts,
  toAlertDelivery,
  toCounted,
  toGroup,
} from './alert-view.ts';
import { alertErrors } from './errors.ts';
import { type RaisedFilter, RaisedRepository } from './raised-repository.ts';
import type { AlertWithSite } from './repository.ts';

/** Alerts of one group that one call changes at most. */
const mostHandled = 5000;

export interface AlertFilter extends Omit<RaisedFilter, 'siteIds' | 'ids'> {
  readonly siteId?: string;
}

/** What makes alerts one group. */
export interface AlertGroupKey {
  readonly module: string;
  readonly kind: string;
  readonly subject: string;
  readonly siteId: string | null;
}

export interface HandleInput {
  /** Either these, */
  readonly ids?: readonly string[];
  /** or all of this group. */
  readonly group?: AlertGroupKey;
  readonly state: AlertState;
  readonly note: string;
}

/** What modules raised, and who has it in hand. */
export class RaisedAlerts {
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #blobs: Blobs;
  #repository: RaisedRepository;

  constructor(parts: { readonly db: Database; readonly ledger: Ledger; readonly clock: Clock; readonly blobs: Blobs }) {
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#blobs = parts.blobs;
    this.#repository = new RaisedRepository(parts.db);
  }

  /** What was raised on the actor’s sites, newest first. */
  async list(actor: Actor, filter: AlertFilter): Promise<AlertWithDeliveryCounts[]> {
    return (await this.#repository.list(this.#narrowed(actor, filter))).map(toCounted);
  }

  /** The same by module, kind, subject and site, the group with the newest alert first. */
  async groups(actor: Actor, filter: AlertFilter): Promise<AlertGroup[]> {
    return (await this.#repository.groups(this.#narrowed(actor, filter))).map(toGroup);
  }

  /** One alert, and where it went. Throws ALERT_UNKNOWN. */
  async one(
    actor: Actor,
    id: string,
  ): Promise<AlertWithDeliveryCounts & { deliveries: AlertDelivery[]; showsPicture: boolean }> {
    const row = await this.#row(actor, id);
    const deliveries = (await this.#repository.deliveriesOf(id)).filter(({ channel_site_id }) =>
      sees(actor, { site_id: channel_site_id }),
    );
    return { ...toCounted(row), deliveries: deliveries.map(toAlertDelivery), showsPicture: showsPicture(actor, row) };
  }

  /** The picture of an alert. Throws ALERT_PICTURE_MISSING, and what lacks the right that its module asks for it. */
  async picture(actor: Actor, id: string): Promise<Readable> {
    const row = await this.#row(actor, id);
    if (!row.picture || !row.picture_right) throw alertErrors.ALERT_PICTURE_MISSING({ id });
    requirePermission(actor, row.picture_right, row.site_id ?? undefined);
    return this.#blobs.get(row.picture);
  }

  /**
   * Says that somebody has alerts in hand, that they are done with, or that neither is so: single ones, or all of a
   * group that were raised until now and are not yet so. Returns what changed, with the state before, so that it can be taken back.
   */
  async handle(actor: Actor, { ids, group, state, note }: HandleInput): Promise<{ id: string; before: AlertState }[]> {
    requirePermission(actor, 'cloud.alert.handle');
    if (group) requireOn(actor, 'cloud.alert.handle', group.siteId);
    const rows = group
      ? (await this.#repository.list({ ...stepsTo[state], ...keyOf(group), limit: mostHandled })).filter(
          (row) => row.site_id === group.siteId && row.state !== state,
        )
      : await this.#repository.list({ ids: ids ?? [], limit: mostHandled });
    const missing = ids?.find((id) => !rows.some((row) => row.id === id));
    if (missing) throw alertErrors.ALERT_UNKNOWN({ id: missing });
    for (const siteId of new Set(rows.map(({ site_id }) => site_id))) requireOn(actor, 'cloud.alert.handle', siteId);
    return this.#db.transaction(async (on) => {
      const to = { state, at: this.#clock.now(), by: actor.name, note };
      const alertIds = rows.map(({ id }) => id);
      const changed = await this.#repository.setState(on, alertIds, to);
      for (const [siteId, some] of Map.groupBy(changed, ({ site_id }) => site_id)) {
        const content = { state, note, alerts: some.map(({ id, before }) => ({ id, before })) };
        const subject = some[0]!.id;
        await this.#ledger.record(actor, {
          type: 'cloud.alert-handle',
          subject,
          ...siteOf({ site_id: siteId }),
          content,
        });
      }
      return changed.map(({ id, before }) => ({ id, before }));
    });
  }

  /**
   * For the module that raised it, which answers for the right and writes its own action: what it is about was dealt
   * with there. Call it inside the transaction that says so. An id that was never raised is passed over.
   */
  async follow(id: string, to: { state: AlertState; by: string; note: string }): Promise<void> {
    await this.#repository.setState(this.#db, [id], { ...to, at: this.#clock.now() });
  }

  #narrowed(actor: Actor, { siteId, ...filter }: AlertFilter): RaisedFilter {
    requirePermission(actor, 'cloud.alert.read', siteId);
    const siteIds = siteId ? [siteId] : actor.siteIds;
    return { ...filter, ...(siteIds && { siteIds }) };
  }

  async #row(actor: Actor, id: string) {
    const row = await this.#repository.one(id);
    if (!row) throw alertErrors.ALERT_UNKNOWN({ id });
    requireOn(actor, 'cloud.alert.read', row.site_id);
    return row;
  }
}

/** What a step of a whole group changes: acknowledging does not bring back what is resolved. */
const stepsTo: Record<AlertState, Pick<RaisedFilter, 'state'>> = {
  open: {},
  acknowledged: { state: 'open' },
  resolved: { state: 'unresolved' },
};
const keyOf = ({ module, kind, subject, siteId }: AlertGroupKey) => ({
  ...{ module, kind, subject },
  ...(siteId !== null && { siteIds: [siteId] }),
});

const showsPicture = (actor: Actor, row: AlertWithSite): boolean =>
  row.picture !== null && row.picture_right !== null && isAllowed(actor, row.picture_right, row.site_id ?? undefined);
