import { type Actor, definePermissions, requirePermission } from '@millwright/kernel';

definePermissions({
  'esg.factor.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'esg.factor.write': ['engineer'],
  'esg.figure.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'esg.figure.write': ['engineer'],
  'esg.activity.read': ['engineer', 'operator', 'viewer', 'auditor'],
  // Whoever reads the meters and files the bills may enter what they say; figures are made of it by others.
  'esg.activity.write': ['engineer', 'operator'],
  'esg.certificate.read': ['engineer', 'operator', 'viewer', 'auditor'],
  'esg.certificate.write': ['engineer'],
});

/** Acts where nobody called: filling the library at the first start, reading inputs again for a proof. */
export const esgActor: Actor = { kind: 'job', id: 'esg', name: 'esg', role: 'administrator' };

/** Like requirePermission; what belongs to no site belongs to all, so whoever is limited to some sites may not touch it. */
export function requireAt(actor: Actor, permission: string, siteId: string | null | undefined): void {
  requirePermission(actor, permission, siteId ?? (actor.siteIds ? 'none (the whole organisation)' : undefined));
}
