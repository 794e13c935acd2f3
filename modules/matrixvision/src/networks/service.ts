import type { Database } from '@millwright/db';
import { type Actor, type Clock, type Events, requirePermission } from '@millwright/kernel';
import type { Ledger } from '@millwright/ledger';
import { networkErrors } from './errors.ts';
import { NetworkRepository } from './repository.ts';
import type { Networks } from './schemas.ts';

declare module '@millwright/kernel' {
  interface EventMap {
    /** Cameras of other networks may be opened from now on. */
    'camera-networks-change': { readonly removed: boolean };
  }
}

/**
 * Where cameras may stand. Addresses inside the network are refused until somebody vouches for them, so that nobody
 * reaches through the server what they could not reach themselves: in the configuration, or here by an administrator,
 * in force at once.
 */
export class NetworkService {
  #repository: NetworkRepository;
  #db: Database;
  #ledger: Ledger;
  #clock: Clock;
  #events: Events;
  #configured: readonly string[];

  constructor(parts: {
    db: Database;
    ledger: Ledger;
    clock: Clock;
    events: Events;
    /** Of the setting allowedNetworks. */
    configured: readonly string[];
  }) {
    this.#repository = new NetworkRepository(parts.db);
    this.#db = parts.db;
    this.#ledger = parts.ledger;
    this.#clock = parts.clock;
    this.#events = parts.events;
    this.#configured = parts.configured;
  }

  async list(actor: Actor): Promise<Networks> {
    requirePermission(actor, 'matrixvision.camera.write');
    const rows = await this.#repository.list();
    return {
      items: rows.map((row) => ({ network: row.network, at: row.created_at.toISOString(), by: row.actor_name })),
      configured: [...this.#configured],
    };
  }

  /** Configured and allowed here, for what opens addresses. */
  async all(actor: Actor): Promise<string[]> {
    requirePermission(actor, 'matrixvision.camera.write');
    return [...this.#configured, ...(await this.#repository.list()).map(({ network }) => network)];
  }

  /** Does nothing where it is allowed already. Throws NETWORK_OF_ALL_SITES. */
  async allow(actor: Actor, network: string): Promise<Networks> {
    this.#require(actor);
    const row = { network, created_at: this.#clock.now(), actor_id: actor.id, actor_name: actor.name };
    await this.#write(actor, 'matrixvision.network-allow', network, () => this.#repository.insert(row));
    return this.list(actor);
  }

  /** Throws NETWORK_OF_ALL_SITES, NETWORK_UNKNOWN. */
  async remove(actor: Actor, network: string): Promise<void> {
    this.#require(actor);
    const isGone = await this.#write(actor, 'matrixvision.network-remove', network, () =>
      this.#repository.remove(network),
    );
    if (isGone) return;
    const known = (await this.#repository.list()).map((row) => row.network);
    throw networkErrors.NETWORK_UNKNOWN({ network, known });
  }

  #require(actor: Actor): void {
    requirePermission(actor, 'matrixvision.network.write');
    if (actor.siteIds !== undefined) throw networkErrors.NETWORK_OF_ALL_SITES({ actor: actor.name });
  }

  async #write(actor: Actor, type: string, network: string, work: () => Promise<boolean>): Promise<boolean> {
    const isChanged = await this.#db.transaction(async () => {
      if (!(await work())) return false;
      await this.#ledger.record(actor, { type, subject: network, content: { network } });
      return true;
    });
    const removed = type.endsWith('remove');
    if (isChanged) await this.#db.afterCommit(async () => this.#events.emit('camera-networks-change', { removed }));
    return isChanged;
  }
}
