import { fixedClock, newId, operatorActor } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

let test: TestHost;
const clock = fixedClock('2024-03-01T08:00:00.000Z');
beforeAll(async () => {
  test = await createTestHost({ clock, config: { lockoutAttempts: 3, lockoutMinutes: 15, sessionHours: 8 } });
});
afterAll(() => test.cleanup());
beforeEach(async () => {
  clock.set('2024-03-01T08:00:00.000Z');
  await test.database.db.execute('delete from access_user');
});

const cookieOf = (headers: Record<string, unknown>) => String(headers['set-cookie']).split(';')[0]!;
const signIn = (name: string, password: string, headers: Record<string, string> = {}) =>
  test.call('POST', '/api/session', { as: 'nobody', body: { name, password }, headers });

/** A person with a one-time password. */
async function person(name: string, role = 'engineer', siteIds: string[] | null = null) {
  const { status, body } = await test.call('POST', '/api/access/users', { body: { name, role, siteIds } });
  expect(status).toBe(201);
  return { id: body.user.id as string, password: body.password as string };
}

/** A person who has chosen a password and is signed in. */
async function signedIn(name: string, role = 'engineer', siteIds: string[] | null = null) {
  const { id, password } = await person(name, role, siteIds);
  const cookie = cookieOf((await signIn(name, password)).headers);
  const next = 'steam and copper pipes';
  const { status } = await test.call('PUT', '/api/session/password', {
    as: { cookie },
    body: { current: password, next },
  });
  expect(status).toBe(204);
  return { id, cookie, password: next };
}

describe('signing in', () => {
  it('gives a session that only the browser holds, for the console’s own address', async () => {
    const { password } = await person('sun');
    const { status, headers, body } = await signIn('SUN', password);
    expect(status).toBe(200);
    expect(body.user).toMatchObject({ name: 'sun', role: 'engineer', mustChangePassword: true });
    expect(headers['set-cookie']).toEqual([
      expect.stringMatching(/^millwright_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/),
      expect.stringMatching(
        /^millwright_device=[\w-]{43}; Max-Age=31536000; Path=\/api\/session; HttpOnly; SameSite=Strict$/,
      ),
    ]);
  });

  it('keeps neither password nor session in the database, only hashes', async () => {
    const { password } = await person('sun');
    const secret = cookieOf((await signIn('sun', password)).headers).split('=')[1]!;
    const { rows } = await test.database.db.query(
      `select u::text || s::text as text from access_user u, access_session s`,
    );
    const [{ text }] = rows as [{ text: string }];
    expect(text).not.toContain(password);
    expect(text).not.toContain(secret);
    expect(text).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  it('fails alike for a wrong password and an unknown name', async () => {
    await person('sun');
    const wrong = await signIn('sun', 'not the password');
    const unknown = await signIn('moon', 'not the password');
    expect(wrong.status).toBe(401);
    expect(wrong.body).toEqual(unknown.body);
    expect(wrong.body.error.code).toBe('SIGN_IN_FAILED');
  });

  it('locks the account after as many wrong passwords as allowed, for as long as configured', async () => {
    const { password } = await person('sun');
    for (let attempt = 1; attempt <= 3; attempt += 1) expect((await signIn('sun', 'wrong')).status).toBe(401);
    const locked = await signIn('sun', password);
    expect(locked.status).toBe(423);
    expect(locked.body.error).toMatchObject({ code: 'ACCOUNT_LOCKED', details: { until: '2024-03-01T08:15:00.000Z' } });
    clock.advance(15 * 60_000);
    expect((await signIn('sun', password)).status).toBe(200);
  });

  it('counts wrong passwords that come all at once', async () => {
    const { password } = await person('sun');
    await Promise.all(Array.from({ length: 6 }, () => signIn('sun', 'wrong')));
    expect((await signIn('sun', password)).status).toBe(423);
  });

  it('starts counting anew after a right password', async () => {
    const { password } = await person('sun');
    for (let round = 0; round < 2; round += 1) {
      await signIn('sun', 'wrong');
      await signIn('sun', 'wrong');
      expect((await signIn('sun', password)).status).toBe(200);
    }
  });

  it('is possible at once when an administrator unlocks the account', async () => {
    const { id, password } = await person('sun');
    for (let attempt = 0; attempt < 3; attempt += 1) await signIn('sun', 'wrong');
    await test.call('PATCH', `/api/access/users/${id}`, { body: { unlock: true } });
    expect((await signIn('sun', password)).status).toBe(200);
  });

  it('is refused to a disabled account, whose sessions end', async () => {
    const { id, cookie, password } = await signedIn('sun');
    await test.call('PATCH', `/api/access/users/${id}`, { body: { disabled: true } });
    expect((await test.call('GET', '/api/session', { as: { cookie } })).status).toBe(401);
    expect((await signIn('sun', password)).body.error.code).toBe('SIGN_IN_FAILED');
  });

  it('is written into the ledger, as is every failure and lock', async () => {
    const { password } = await person('sun');
    const before = (await test.host.ledger.head(operatorActor)).sequence;
    for (const attempt of ['a', 'b', 'c']) await signIn('sun', attempt);
    clock.advance(15 * 60_000);
    await signIn('sun', password);
    const entries = await test.host.ledger.list(operatorActor, { limit: 4 });
    expect(entries.at(-1)!.sequence).toBe(before + 1);
    expect(entries.reverse().map(({ type, content }) => [type, content])).toEqual([
      ['access.sign-in-failed', { attempts: 1, locked: false }],
      ['access.sign-in-failed', { attempts: 2, locked: false }],
      ['access.sign-in-failed', { attempts: 3, locked: true }],
      ['access.sign-in', {}],
    ]);
  });
});

describe('a one-time password', () => {
  it('opens nothing but the choice of another one', async () => {
    const { password } = await person('sun');
    const as = { cookie: cookieOf((await signIn('sun', password)).headers) };
    expect((await test.call('GET', '/api/session', { as })).status).toBe(200);
    const refused = await test.call('GET', '/api/jobs', { as });
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('PASSWORD_CHANGE_REQUIRED');
    const body = { current: password, next: 'steam and copper pipes' };
    expect((await test.call('PUT', '/api/session/password', { as, body })).status).toBe(204);
    expect((await test.call('GET', '/api/jobs', { as })).status).toBe(200);
    expect((await signIn('sun', password)).status).toBe(401);
  });

  it.each(['short', 'sunsunsunsun', 'aaaaaaaaaaaaaa'])('is not replaced by %j', async (next) => {
    const { password } = await person('sun');
    const as = { cookie: cookieOf((await signIn('sun', password)).headers) };
    const { status, body } = await test.call('PUT', '/api/session/password', { as, body: { current: password, next } });
    expect(status).toBe(422);
    expect(body.error.code).toBe('PASSWORD_TOO_WEAK');
  });

  it('is given again by an administrator, by id or by name, which ends every session', async () => {
    const { cookie } = await signedIn('sun');
    const { status, body } = await test.call('POST', '/api/access/users/sun/password-reset');
    expect(status).toBe(200);
    expect(body.password).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect((await test.call('GET', '/api/session', { as: { cookie } })).status).toBe(401);
    expect((await signIn('sun', body.password)).body.user.mustChangePassword).toBe(true);
  });

  it('is made for the first administrator only on a database without users', async () => {
    const first = await test.host.access.ensureAdministrator(operatorActor);
    expect(first).toMatchObject({ name: 'admin' });
    expect((await signIn('admin', first!.password)).body.user.role).toBe('administrator');
    expect(await test.host.access.ensureAdministrator(operatorActor)).toBeUndefined();
  });
});

describe('a session', () => {
  it('ends after the configured time without use, and lasts while it is used', async () => {
    const { cookie } = await signedIn('sun');
    const status = async () => (await test.call('GET', '/api/session', { as: { cookie } })).status;
    clock.advance(7 * 3_600_000);
    expect(await status()).toBe(200);
    clock.advance(7 * 3_600_000);
    expect(await status()).toBe(200);
    clock.advance(8 * 3_600_000);
    expect(await status()).toBe(401);
  });

  it('ends when it is signed out of', async () => {
    const { cookie } = await signedIn('sun');
    const out = await test.call('DELETE', '/api/session', { as: { cookie } });
    expect(out.status).toBe(204);
    expect(out.body).toBe('');
    expect((await test.call('GET', '/api/session', { as: { cookie } })).status).toBe(401);
  });

  it('other than the one that changes the password ends with the change', async () => {
    const { cookie, password } = await signedIn('sun');
    const other = cookieOf((await signIn('sun', password)).headers);
    const body = { current: password, next: 'copper and steam pipes' };
    await test.call('PUT', '/api/session/password', { as: { cookie }, body });
    expect((await test.call('GET', '/api/session', { as: { cookie } })).status).toBe(200);
    expect((await test.call('GET', '/api/session', { as: { cookie: other } })).status).toBe(401);
  });

  it('cannot be used to try out passwords without end', async () => {
    const { cookie } = await signedIn('sun');
    const guess = () =>
      test.call('PUT', '/api/session/password', {
        as: { cookie },
        body: { current: 'guess', next: 'copper and steam' },
      });
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await guess()).status).toBe(401);
    expect((await guess()).status).toBe(423);
  });

  it('serves no page of another origin, not even to sign in', async () => {
    const { cookie, password } = await signedIn('sun');
    const headers = { origin: 'https://elsewhere.example', host: 'plant.local:7300' };
    const foreign = await test.call('DELETE', '/api/session', { as: { cookie }, headers });
    expect(foreign.status).toBe(403);
    expect(foreign.body.error).toMatchObject({ code: 'ORIGIN_REFUSED', details: { origin: headers.origin } });
    expect((await signIn('sun', password, headers)).status).toBe(403);
    const own = { origin: 'http://plant.local:7300', host: 'plant.local:7300' };
    expect((await signIn('sun', password, own)).status).toBe(200);
  });

  it('remembers the language of its user', async () => {
    const { cookie } = await signedIn('sun');
    await test.call('PUT', '/api/session/language', { as: { cookie }, body: { language: 'zh-CN' } });
    expect((await test.call('GET', '/api/session', { as: { cookie } })).body.user.language).toBe('zh-CN');
    const token = await test.call('PUT', '/api/session/language', { body: { language: 'zh-CN' } });
    expect(token.body.error.code).toBe('USER_UNKNOWN');
  });
});

describe('whoever tries passwords', () => {
  const lock = async (name: string) => {
    for (let attempt = 0; attempt < 3; attempt += 1) expect((await signIn(name, 'wrong guess')).status).toBe(401);
    return signIn(name, 'wrong guess');
  };

  it('learns nothing of which names exist from what is locked', async () => {
    await person('sun');
    clock.set('2024-03-01T09:00:00.000Z');
    const [known, unknown] = [await lock('sun'), await lock('unheard-of')];
    expect([known.status, unknown.status]).toEqual([423, 423]);
    expect(unknown.body).toEqual(known.body);
    clock.set('2024-03-01T09:15:00.001Z');
    expect((await signIn('unheard-of', 'wrong guess')).status).toBe(401);
  });

  it('cannot lock a person out of the browser they have signed in from before', async () => {
    const { password } = await person('sun');
    const first = await signIn('sun', password);
    const device = String((first.headers['set-cookie'] as unknown as string[])[1]).split(';')[0]!;
    expect((await lock('sun')).status).toBe(423);
    expect((await signIn('sun', password)).status).toBe(423);
    const again = await signIn('sun', password, { cookie: device });
    expect(again.status).toBe(200);
    // It is known already and gets no other.
    expect(again.headers['set-cookie']).toMatch(/^millwright_session=/);
    // A known browser has a count of its own, and is known for one person only.
    await person('moon');
    expect((await lock('moon')).status).toBe(423);
    expect((await signIn('moon', 'wrong guess', { cookie: device })).status).toBe(423);
    for (let attempt = 0; attempt < 3; attempt += 1)
      expect((await signIn('sun', 'wrong guess', { cookie: device })).status).toBe(401);
    expect((await signIn('sun', password, { cookie: device })).status).toBe(423);
  });

  it('is held up at one address after a hundred wrong ones, of whatever accounts', async () => {
    clock.set('2024-03-01T11:00:00.000Z');
    const guesses = async (count: number, from: number) => {
      const statuses = [];
      for (let at = 0; at < count; at += 1) statuses.push((await signIn(`name-${from + at}`, 'wrong guess')).status);
      return statuses;
    };
    expect(new Set(await guesses(100, 0))).toEqual(new Set([401]));
    const { status, body } = await signIn('name-100', 'wrong guess');
    expect([status, body.error.code]).toEqual([429, 'TOO_MANY_SIGN_INS']);
    clock.set('2024-03-01T11:10:00.000Z');
    expect(await guesses(1, 101)).toEqual([401]);
  }, 60_000);
});

describe('an API token', () => {
  it.each([
    ['forged', 'mw_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['forged', 'operator_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
    ['forged', "' or true --"],
  ])('that is %s is refused: %s', async (reason, token) => {
    const { status, body } = await test.call('GET', '/api/jobs', { as: { token } });
    expect(status).toBe(401);
    expect(body.error).toMatchObject({ code: 'TOKEN_INVALID', details: { reason } });
  });

  it('is refused from the moment it expires', async () => {
    const token = await test.token('viewer', { expiresAt: '2024-03-01T09:00:00+00:00' });
    clock.set('2024-03-01T08:59:59.999Z');
    expect((await test.call('GET', '/api/jobs', { as: { token } })).status).toBe(200);
    clock.set('2024-03-01T09:00:00.000Z');
    const { status, body } = await test.call('GET', '/api/jobs', { as: { token } });
    expect(status).toBe(401);
    expect(body.error.details).toEqual({ reason: 'expired' });
  });

  it('is refused once it is revoked, and is revoked once', async () => {
    const { body } = await test.call('POST', '/api/access/tokens', {
      body: { name: 'historian', role: 'viewer', scopes: ['*'] },
    });
    const as = { token: body.secret };
    expect((await test.call('GET', '/api/jobs', { as })).status).toBe(200);
    expect((await test.call('DELETE', `/api/access/tokens/${body.token.id}`)).status).toBe(204);
    expect((await test.call('GET', '/api/jobs', { as })).body.error.details).toEqual({ reason: 'revoked' });
    expect((await test.call('DELETE', `/api/access/tokens/${body.token.id}`)).status).toBe(404);
  });

  it('may do what both its role and its scopes allow', async () => {
    const call = async (role: 'administrator' | 'viewer', scopes: string[], path: string) =>
      (await test.call('GET', path, { as: { role, scopes } })).status;
    expect(await call('administrator', ['access.*'], '/api/access/users')).toBe(200);
    expect(await call('administrator', ['access.user.read'], '/api/access/users')).toBe(200);
    expect(await call('administrator', ['access.token.manage'], '/api/access/users')).toBe(403);
    expect(await call('administrator', ['jobs.*'], '/api/access/users')).toBe(403);
    expect(await call('viewer', ['*'], '/api/access/users')).toBe(403);
    expect(await call('viewer', ['*'], '/api/jobs')).toBe(200);
  });

  it('says what it may do, its scopes applied', async () => {
    const { body } = await test.call('GET', '/api/session', { as: { role: 'auditor', scopes: ['ledger.*'] } });
    expect(body.actor.permissions).toEqual(['ledger.chain.verify', 'ledger.entry.read']);
  });

  it('can make no token that may do more than itself', async () => {
    const as = { role: 'administrator' as const, scopes: ['access.*'], siteIds: [newId()] };
    const create = (scopes: string[], siteIds: string[] | null = null) =>
      test.call('POST', '/api/access/tokens', { as, body: { name: 'child', role: 'administrator', scopes, siteIds } });
    expect((await create(['*'])).body.error.code).toBe('ACCESS_DENIED');
    expect((await create(['access.user.read', 'cloud.*'])).status).toBe(403);
    const within = await create(['access.user.*'], null);
    expect(within.status).toBe(201);
    expect(within.body.token.siteIds).toEqual(as.siteIds);
    expect((await create(['access.*'], [newId()])).body.token.siteIds).toEqual([]);
  });

  it('made by a token lives no longer than that one', async () => {
    const parent = await test.call('POST', '/api/access/tokens', {
      body: { name: 'parent', role: 'engineer', scopes: ['*'], expiresAt: '2024-03-01T10:00:00+00:00' },
    });
    const make = (secret: string, expiresAt: string | null) =>
      test.call('POST', '/api/access/tokens', {
        as: { token: secret },
        body: { name: 'child', role: 'engineer', scopes: ['*'], expiresAt },
      });
    const child = await make(parent.body.secret, null);
    expect(child.body.token.expiresAt).toBe('2024-03-01T10:00:00.000Z');
    expect((await make(parent.body.secret, '2024-03-01T09:00:00Z')).body.token.expiresAt).toBe(
      '2024-03-01T09:00:00.000Z',
    );
    const grandchild = await make(child.body.secret, '2030-01-01T00:00:00Z');
    expect(grandchild.body.token.expiresAt).toBe('2024-03-01T10:00:00.000Z');
    const works = async ({ body }: typeof child) =>
      (await test.call('GET', '/api/jobs', { as: { token: body.secret } })).status;
    expect([await works(child), await works(grandchild)]).toEqual([200, 200]);
    expect((await test.call('DELETE', `/api/access/tokens/${parent.body.token.id}`)).status).toBe(204);
    expect([await works(parent), await works(child), await works(grandchild)]).toEqual([401, 401, 401]);
  });

  it('is seen and revoked only by who could have made it', async () => {
    const [here, there] = [newId(), newId()];
    const make = async (role: string, siteIds: string[] | null) =>
      (await test.call('POST', '/api/access/tokens', { body: { name: 'other', role, scopes: ['*'], siteIds } })).body
        .token.id as string;
    const others = [await make('administrator', null), await make('engineer', null), await make('engineer', [there])];
    const own = await make('engineer', [here]);
    const as = { role: 'engineer' as const, scopes: ['*'], siteIds: [here] };
    const { body } = await test.call('GET', '/api/access/tokens', { as });
    const seen = body.items.map(({ id }: { id: string }) => id);
    expect(seen).toContain(own);
    for (const id of others) {
      expect(seen).not.toContain(id);
      expect((await test.call('DELETE', `/api/access/tokens/${id}`, { as })).status).toBe(404);
    }
    expect((await test.call('DELETE', `/api/access/tokens/${own}`, { as })).status).toBe(204);
  });

  it('of an engineer can make no administrator', async () => {
    const body = { name: 'climber', role: 'administrator', scopes: ['*'] };
    expect((await test.call('POST', '/api/access/tokens', { as: 'engineer', body })).status).toBe(403);
    expect(
      (await test.call('POST', '/api/access/tokens', { as: 'engineer', body: { ...body, role: 'engineer' } })).status,
    ).toBe(201);
  });

  it('shows its secret once and never again', async () => {
    const { body } = await test.call('POST', '/api/access/tokens', {
      body: { name: 'once', role: 'viewer', scopes: ['*'] },
    });
    expect(body.secret).toMatch(/^mw_[\w-]{43}$/);
    const list = await test.call('GET', '/api/access/tokens');
    expect(JSON.stringify(list.body)).not.toContain(body.secret);
    expect(list.body.items[0]).not.toHaveProperty('secretHash');
  });
});

describe('rights on sites', () => {
  it('let a person see the work and the ledger of the own sites only', async () => {
    const [here, there] = [newId(), newId()];
    const { cookie } = await signedIn('sun', 'engineer', [here]);
    const mine = await test.host.ledger.record(operatorActor, { type: 'a.b', siteId: here, content: {} });
    const other = await test.host.ledger.record(operatorActor, { type: 'a.b', siteId: there, content: {} });
    const get = async (id: string) => await test.call('GET', `/api/ledger/entries/${id}`, { as: { cookie } });
    expect((await get(mine.id)).status).toBe(200);
    const refused = await get(other.id);
    expect(refused.status).toBe(403);
    expect(refused.body.error.code).toBe('ACCESS_SITE_DENIED');
  });
});

describe('users', () => {
  it('are created, changed and listed by an administrator only', async () => {
    const body = { name: 'he', role: 'viewer' };
    for (const as of ['engineer', 'operator', 'viewer', 'auditor'] as const)
      expect((await test.call('POST', '/api/access/users', { as, body })).status, as).toBe(403);
    expect((await test.call('POST', '/api/access/users', { body })).status).toBe(201);
    expect((await test.call('POST', '/api/access/users', { body: { ...body, name: 'HE' } })).body.error.code).toBe(
      'USER_EXISTS',
    );
    expect((await test.call('GET', '/api/access/users', { as: 'auditor' })).body.items).toHaveLength(1);
  });

  it('that do not exist are said not to, whatever the id looks like', async () => {
    for (const id of [newId(), 'nobody', '%27']) {
      const { status, body } = await test.call('PATCH', `/api/access/users/${id}`, { body: { disabled: true } });
      expect(status).toBe(404);
      expect(body.error.code).toBe('USER_UNKNOWN');
    }
    expect((await test.call('DELETE', '/api/access/tokens/none')).body.error.code).toBe('TOKEN_UNKNOWN');
  });

  it('keep one administrator who can sign in', async () => {
    const { id } = await person('root', 'administrator');
    for (const change of [{ disabled: true }, { role: 'viewer' }]) {
      const { status, body } = await test.call('PATCH', `/api/access/users/${id}`, { body: change });
      expect(status).toBe(409);
      expect(body.error.code).toBe('LAST_ADMINISTRATOR');
    }
    await person('second', 'administrator');
    expect((await test.call('PATCH', `/api/access/users/${id}`, { body: { role: 'viewer' } })).status).toBe(200);
  });
});
