import { defineErrors, errorKind } from './errors.ts';

export const roles = ['administrator', 'engineer', 'operator', 'viewer', 'auditor'] as const;
export type Role = (typeof roles)[number];

/** Whoever acts: a person, an API token, an edge box, a background job, or the machine's own operator on the command line. */
export interface Actor {
  readonly kind: 'user' | 'token' | 'edge' | 'job' | 'operator';
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Permissions a token is limited to; undefined means everything its role may. */
  readonly scopes?: readonly string[];
  /** Sites the actor may see and touch; undefined means all. */
  readonly siteIds?: readonly string[];
}

export const actorErrors = defineErrors('kernel', {
  ACCESS_DENIED: errorKind<{ permission: string; actor: string }>({
    status: 403,
    message: ({ permission, actor }) => `${actor} may not do this: it needs the permission ${permission}.`,
    remedy: 'Ask an administrator for a role or a token scope that includes it.',
  }),
  ACCESS_SITE_DENIED: errorKind<{ siteId: string; actor: string }>({
    status: 403,
    message: ({ siteId, actor }) => `${actor} has no rights on site ${siteId}.`,
    remedy: 'Ask an administrator to add the site to the account.',
  }),
});

const permissions = new Map<string, ReadonlySet<Role>>();

/** Declares permissions (`area.noun.verb`) and the roles that hold them. The administrator always holds all of them. */
export function definePermissions(table: Record<string, readonly Role[]>): void {
  for (const [name, holders] of Object.entries(table))
    permissions.set(name, new Set<Role>(['administrator', ...holders]));
}

/** All permissions declared so far with the roles that hold them; the token page and the docs list them. */
export function permissionTable(): { name: string; roles: Role[] }[] {
  return [...permissions].map(([name, set]) => ({ name, roles: [...set] })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** A scope covers a permission when it is equal to it, or ends in `.*` and is its prefix (`cloud.*`). */
function scopeCovers(scope: string, permission: string): boolean {
  return scope === permission || scope === '*' || (scope.endsWith('.*') && permission.startsWith(scope.slice(0, -1)));
}

export function isAllowed(actor: Actor, permission: string, siteId?: string): boolean {
  const holders = permissions.get(permission);
  if (!holders) throw new Error(`permission ${permission} was never declared`);
  if (!holders.has(actor.role)) return false;
  if (actor.scopes && !actor.scopes.some((scope) => scopeCovers(scope, permission))) return false;
  return siteId === undefined || actor.siteIds === undefined || actor.siteIds.includes(siteId);
}

/** The first line of every service method: throws ACCESS_DENIED or ACCESS_SITE_DENIED unless the actor may. */
export function requirePermission(actor: Actor, permission: string, siteId?: string): void {
  if (isAllowed(actor, permission, siteId)) return;
  if (isAllowed(actor, permission) && siteId !== undefined)
    throw actorErrors.ACCESS_SITE_DENIED({ siteId, actor: actor.name });
  throw actorErrors.ACCESS_DENIED({ permission, actor: actor.name });
}

/** The machine's own operator: whoever may read the data folder may do everything, as `psql` on the database's machine may. */
export const operatorActor: Actor = { kind: 'operator', id: 'operator', name: 'operator', role: 'administrator' };
