export interface Permission {
  readonly name: string;
  readonly roles: readonly string[];
}

export interface ScopeGroup {
  /** `cloud`, whose scope for everything in it is `cloud.*`. */
  readonly area: string;
  readonly permissions: readonly string[];
}

/** The permissions a role holds, by their area. */
export function scopeGroups(permissions: readonly Permission[], role: string): ScopeGroup[] {
  const held = permissions.filter(({ roles }) => roles.includes(role)).map(({ name }) => name);
  const areas = Map.groupBy(held, (name) => name.slice(0, name.indexOf('.')));
  return [...areas].map(([area, names]) => ({ area, permissions: names })).sort((a, b) => (a.area < b.area ? -1 : 1));
}

/** Ticks or unticks one scope; `area.*` takes the place of everything in its area. */
export function toggleScope(chosen: readonly string[], scope: string): string[] {
  if (chosen.includes(scope)) return chosen.filter((other) => other !== scope);
  if (!scope.endsWith('.*')) return [...chosen, scope];
  const prefix = scope.slice(0, -1);
  return [...chosen.filter((other) => !other.startsWith(prefix)), scope];
}
