import { type Actor, actorErrors, requirePermission } from '@millwright/kernel';

interface OfSite {
  /** Null: of all sites. */
  readonly site_id: string | null;
}

/** The site of an action in the ledger; none where it is of all. */
export const siteOf = ({ site_id }: OfSite) => (site_id ? { siteId: site_id } : {});

/** What is of all sites is of somebody’s who may touch some only no more than another’s. */
export function requireOn(actor: Actor, permission: string, siteId: string | null): void {
  requirePermission(actor, permission, siteId ?? undefined);
  if (siteId === null && actor.siteIds) throw actorErrors.ACCESS_SITE_DENIED({ siteId: '*', actor: actor.name });
}

export const sees = (actor: Actor, { site_id }: OfSite): boolean =>
  actor.siteIds === undefined || (site_id !== null && actor.siteIds.includes(site_id));
