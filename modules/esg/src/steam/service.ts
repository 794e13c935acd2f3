import type { PointService } from '@millwright/cloud/server';
import type { Database } from '@millwright/db';
import { type Actor, type Clock, newId, requirePermission } from '@millwright/kernel';
import { canonicalJson, type Ledger } from '@millwright/ledger';
import { esgErrors } from '../errors.ts';
import { amountUnit, meteredKind } from '../inventory/meter-kind.ts';
import type { SteamMeterRow } from '../schema.ts';
import type { SteamMeterRepository } from './repository.ts';
import { type SteamState, steamHeat } from './steam-state.ts';

/** What steam a meter of its mass counts, and who said so. */
export interface SteamMeter {
  readonly pointId: string;
  readonly siteId: string;
  readonly steam: SteamState;
  /** kJ/kg that a figure takes: of the steam, and of the feed water. */
  readonly enthalpy: { readonly steam: string; readonly feedWater: string };
  readonly statedAt: string;
  readonly statedBy: string;
}

/** Steam metered by mass becomes energy only by what steam it was; nobody but a person knows that. */
export class SteamMeterService {
  #parts: SteamMeterParts;
  constructor(parts: SteamMeterParts) {
    this.#parts = parts;
  }

  async list(actor: Actor): Promise<SteamMeter[]> {
    requirePermission(actor, 'esg.activity.read');
    return (await this.#parts.repository.current(actor.siteIds)).map(toSteamMeter);
  }

  /** For figures made from now on. Throws ESG_POINT_NOT_STEAM. */
  async state(actor: Actor, pointId: string, steam: SteamState): Promise<SteamMeter> {
    requirePermission(actor, 'esg.activity.write');
    const { db, ledger, clock, points, repository } = this.#parts;
    const point = await points.point(actor, pointId);
    requirePermission(actor, 'esg.activity.write', point.siteId);
    const counts = meteredKind(point.carrier);
    if (counts?.kind !== 'heat' || amountUnit(counts, point) !== 't')
      throw esgErrors.ESG_POINT_NOT_STEAM({ point: point.name, unit: point.unit, carrier: point.carrier ?? 'none' });
    const row: SteamMeterRow = {
      id: newId(),
      point_id: point.id,
      site_id: point.siteId,
      content: canonicalJson(steam),
      created_at: clock.now(),
      actor_id: actor.id,
      actor_name: actor.name,
    };
    await db.transaction(async (transaction) => {
      await repository.insert(transaction, row);
      const about = { subject: point.id, siteId: point.siteId };
      await ledger.record(actor, { type: 'esg.steam-state', ...about, content: { point: point.name, steam } });
    });
    return toSteamMeter(row);
  }

  /** For a figure that is being made of a point that its caller may read. */
  async stateOf(pointId: string): Promise<SteamState | undefined> {
    const row = await this.#parts.repository.ofPoint(pointId);
    return row && toSteamMeter(row).steam;
  }
}

interface SteamMeterParts {
  readonly db: Database;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly points: PointService;
  readonly repository: SteamMeterRepository;
}

function toSteamMeter(row: SteamMeterRow): SteamMeter {
  const steam = JSON.parse(row.content) as SteamState;
  const { steam: hot, feedWater } = steamHeat(steam);
  return {
    ...{ pointId: row.point_id, siteId: row.site_id, steam, enthalpy: { steam: hot, feedWater } },
    ...{ statedAt: row.created_at.toISOString(), statedBy: row.actor_name },
  };
}
