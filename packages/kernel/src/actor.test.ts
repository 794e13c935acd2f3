import { describe, expect, it } from 'vitest';
import {
  type Actor,
  definePermissions,
  isAllowed,
  operatorActor,
  permissionTable,
  requirePermission,
  roles,
} from './index.ts';

definePermissions({
  'toy.bear.read': ['viewer', 'engineer'],
  'toy.bear.paint': ['engineer'],
  'toys.box.open': ['viewer'],
});

const actor = (limits: Partial<Actor>): Actor => ({ kind: 'user', id: '1', name: 'chen', role: 'engineer', ...limits });

describe('a permission', () => {
  it('is held by the roles it names, and always by the administrator', () => {
    const holders = roles.filter((role) => isAllowed(actor({ role }), 'toy.bear.paint'));
    expect(holders).toEqual(['administrator', 'engineer']);
    expect(permissionTable()).toContainEqual({ name: 'toy.bear.paint', roles: ['administrator', 'engineer'] });
  });

  it('that was never declared is a mistake of ours, not a refusal', () => {
    expect(() => isAllowed(actor({}), 'toy.bear.eat')).toThrow('was never declared');
  });

  it.each([
    [['*'], true],
    [['toy.*'], true],
    [['toy.bear.*'], true],
    [['toy.bear.paint'], true],
    [['toy.bear.read', 'toy.bear.paint'], true],
    [['toy.bear.read'], false],
    [['toy.bear'], false],
    [['toys.*'], false],
    [['to*'], false],
    [[''], false],
    [[], false],
  ])('is within the scopes %j: %j', (scopes, allowed) => {
    expect(isAllowed(actor({ scopes }), 'toy.bear.paint')).toBe(allowed);
  });

  it('is not widened by a scope beyond the role', () => {
    expect(isAllowed(actor({ role: 'viewer', scopes: ['*'] }), 'toy.bear.paint')).toBe(false);
  });

  it('ends at the sites of the actor, where a site is asked for', () => {
    const here = actor({ siteIds: ['here'] });
    expect(isAllowed(here, 'toy.bear.read', 'here')).toBe(true);
    expect(isAllowed(here, 'toy.bear.read', 'there')).toBe(false);
    expect(isAllowed(here, 'toy.bear.read')).toBe(true);
    expect(isAllowed(actor({}), 'toy.bear.read', 'there')).toBe(true);
    expect(isAllowed(actor({ siteIds: [] }), 'toy.bear.read', 'here')).toBe(false);
  });

  it('that is missing is refused with its name, a site that is missing with the site', () => {
    const viewer = actor({ role: 'viewer', siteIds: ['here'] });
    expect(() => requirePermission(viewer, 'toy.bear.paint', 'there')).toThrow(
      'it needs the permission toy.bear.paint',
    );
    expect(() => requirePermission(viewer, 'toy.bear.read', 'there')).toThrow('chen has no rights on site there');
    requirePermission(viewer, 'toy.bear.read', 'here');
  });

  it('is held in full by the machine’s own operator', () => {
    for (const { name } of permissionTable()) requirePermission(operatorActor, name, 'any');
  });
});
