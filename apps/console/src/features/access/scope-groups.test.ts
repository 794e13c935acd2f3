import { describe, expect, it } from 'vitest';
import { expiryAfter } from './expiry.ts';
import { scopeGroups, toggleScope } from './scope-groups.ts';

const permissions = [
  { name: 'cloud.point.read', roles: ['engineer', 'viewer'] },
  { name: 'access.token.manage', roles: ['engineer'] },
  { name: 'cloud.point.write', roles: ['engineer'] },
];

describe('scopes of a token', () => {
  it('are those its role holds, by area', () => {
    expect(scopeGroups(permissions, 'engineer')).toEqual([
      { area: 'access', permissions: ['access.token.manage'] },
      { area: 'cloud', permissions: ['cloud.point.read', 'cloud.point.write'] },
    ]);
    expect(scopeGroups(permissions, 'viewer')).toEqual([{ area: 'cloud', permissions: ['cloud.point.read'] }]);
  });
  it('take in the whole area at once', () =>
    expect(toggleScope(['cloud.point.read', 'access.token.manage'], 'cloud.*')).toEqual([
      'access.token.manage',
      'cloud.*',
    ]));
  it('go when they are chosen again', () => expect(toggleScope(['cloud.*'], 'cloud.*')).toEqual([]));
  it('end after the days asked for, or never', () => {
    expect(expiryAfter(1, 0)).toBe('1970-01-02T00:00:00.000Z');
    expect(expiryAfter(0, 0)).toBeNull();
  });
});
