import { defineErrors, errorKind, type Module, newId, operatorActor } from '@millwright/kernel';
import { createTestHost, type TestHost } from '@millwright/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { z } from 'zod';

const toyErrors = defineErrors('toy-http', {
  TOY_LOST: errorKind<{ name: string }>({
    status: 404,
    message: ({ name }) => `${name} is lost.`,
    remedy: 'Look again.',
  }),
});

/** A module with a route for each thing an answer can be. */
const toys: Module = {
  name: 'toys',
  needs: [],
  async start(host) {
    const body = z.object({ name: z.string().min(2), count: z.number().int().optional() });
    host.http.post(
      '/api/toys',
      { schema: { body, response: { 200: z.object({ name: z.string() }) } } },
      async (request) => ({
        name: request.body.name,
        secret: 'must not leave',
      }),
    );
    host.http.get('/api/toys/lost', async () => {
      throw toyErrors.TOY_LOST({ name: 'bear' });
    });
    host.http.get('/api/toys/broken', async () => {
      throw new Error('the password of the database is 1234');
    });
    host.http.get(
      '/api/toys/misshapen',
      { schema: { response: { 200: z.object({ name: z.string() }) } } },
      async () => ({
        name: 7 as unknown as string,
      }),
    );
    host.http.get('/api/toys/open', { config: { public: true } }, async () => ({ open: true }));
    host.http.put('/api/toys/file', async (request) => {
      let bytes = 0;
      for await (const chunk of request.body as AsyncIterable<Buffer>) bytes += chunk.length;
      return { bytes };
    });
    host.http.get('/api/toys/window', { websocket: true }, (socket, request) =>
      host.http.watchOpen(request, socket, ({ role }) => {
        if (role === 'viewer') throw toyErrors.TOY_LOST({ name: 'right' });
      }),
    );
    host.live.define('toys', async (actor) => {
      if (actor.role === 'viewer') throw toyErrors.TOY_LOST({ name: 'right' });
    });
    return { services: {} };
  },
};

let test: TestHost;
beforeAll(async () => {
  test = await createTestHost({ modules: [toys] });
});
afterAll(() => test.cleanup());
beforeEach(() => {
  test.logs.length = 0;
});

describe('an answer', () => {
  it('says a coded error as code, message and details', async () => {
    const { status, body } = await test.call('GET', '/api/toys/lost');
    expect(status).toBe(404);
    expect(body).toEqual({
      error: { code: 'TOY_LOST', message: 'bear is lost. Look again.', details: { name: 'bear' } },
    });
  });

  it('hides the cause of an error of our own, which the log has under the id that was answered', async () => {
    const { status, body } = await test.call('GET', '/api/toys/broken');
    expect(status).toBe(500);
    expect(body.error.code).toBe('INTERNAL');
    expect(JSON.stringify(body)).not.toContain('1234');
    const [line] = test.logs.filter(({ level }) => level === 50);
    expect(line).toMatchObject({
      request: body.error.details.correlationId,
      url: '/api/toys/broken',
      err: { message: 'the password of the database is 1234', stack: expect.stringContaining('app.test.ts') },
    });
  });

  it('holds only what its schema names', async () => {
    expect((await test.call('POST', '/api/toys', { body: { name: 'bear' } })).body).toEqual({ name: 'bear' });
  });

  it('that does not fit its own schema is our error', async () => {
    expect((await test.call('GET', '/api/toys/misshapen')).body.error.code).toBe('INTERNAL');
  });

  it('names every problem of a request that is not valid', async () => {
    const { status, body } = await test.call('POST', '/api/toys', { body: { name: 'b', count: 1.5 } });
    expect(status).toBe(400);
    expect(body.error.code).toBe('REQUEST_INVALID');
    expect(body.error.details.problems.map(({ path }: { path: string }) => path)).toEqual(['name', 'count']);
    expect(body.error.message).toMatch(/name: .*; count: /);
  });

  it.each([
    ['not JSON', '{"name":', 'application/json'],
    ['an unknown type', '<toy/>', 'text/xml'],
    ['more than may be held in memory', JSON.stringify({ name: 'x'.repeat(5_000_000) }), 'application/json'],
  ])('to %s says what is wrong with it, in the same shape', async (_what, body, type) => {
    const answer = await test.call('POST', '/api/toys', { body, headers: { 'content-type': type } });
    expect(answer.status).toBe(400);
    expect(answer.body.error.code).toBe('REQUEST_REFUSED');
  });

  it('says that a route does not exist', async () => {
    const { status, body } = await test.call('GET', '/api/nothing');
    expect(status).toBe(404);
    expect(body.error).toMatchObject({ code: 'ROUTE_UNKNOWN', details: { method: 'GET', path: '/api/nothing' } });
  });

  it('is given to nobody without a session, but where the route is public', async () => {
    for (const path of ['/api/toys/lost', '/api/nothing', '/api/openapi.json']) {
      const { status, body } = await test.call('GET', path, { as: 'nobody' });
      expect(status, path).toBe(401);
      expect(body.error.code).toBe('SIGN_IN_REQUIRED');
    }
    expect((await test.call('GET', '/api/toys/open', { as: 'nobody' })).body).toEqual({ open: true });
  });
});

describe('the application', () => {
  it('hands a file to its route as a stream, larger than any body held in memory', async () => {
    const body = Buffer.alloc(6_000_000);
    const headers = { 'content-type': 'application/octet-stream' };
    expect((await test.call('PUT', '/api/toys/file', { body, headers })).body).toEqual({ bytes: 6_000_000 });
  });

  it('describes its routes', async () => {
    const { body } = await test.call('GET', '/api/openapi.json');
    expect(body.openapi).toMatch(/^3\./);
    expect(Object.keys(body.paths)).toContain('/api/toys');
  });
});

describe('an attacker', () => {
  it('passes no check by writing an address another way', async () => {
    for (const path of ['/%61pi/openapi.json', '/api%2Fopenapi.json', '//api/openapi.json', '/API/openapi.json']) {
      const { status } = await test.call('GET', path, { as: 'nobody' });
      expect([path, status === 401 || status === 404]).toEqual([path, true]);
    }
    const headers = { origin: 'https://elsewhere.example', host: 'plant.local' };
    const body = { name: 'x', password: 'y' };
    expect((await test.call('POST', '/%61pi/session', { as: 'nobody', body, headers })).status).toBe(403);
  });

  it('finds on every answer what keeps a browser from helping: no frames, no foreign scripts, no guessing of types', async () => {
    for (const path of ['/api/session', '/api/nothing', '/elsewhere']) {
      const { headers } = await test.call('GET', path, { as: 'nobody' });
      expect(headers).toMatchObject({
        'content-security-policy': expect.stringMatching(/script-src 'self';.*frame-ancestors 'none'/),
        'x-content-type-options': 'nosniff',
        'x-frame-options': 'DENY',
        'referrer-policy': 'same-origin',
      });
    }
    expect((await test.call('GET', '/api/session')).headers['cache-control']).toBe('no-store');
  });
});

describe('a connection of a module that stays open', () => {
  it('ends on sign-out, and when its rights are taken away', async () => {
    const opened = async (cookie: string) => {
      const socket = await test.assembly.app.injectWS('/api/toys/window', { headers: { cookie } });
      return new Promise<number>((resolve) => socket.on('close', (code: number) => resolve(code)));
    };
    const { body: user } = await test.call('POST', '/api/access/users', { body: { name: 'wen', role: 'operator' } });
    const signIn = async (password: string) => {
      const { headers } = await test.call('POST', '/api/session', { as: 'nobody', body: { name: 'wen', password } });
      return String(headers['set-cookie']).split(';')[0]!;
    };
    const password = 'steam and copper pipes';
    const first = await signIn(user.password);
    const body = { current: user.password, next: password };
    await test.call('PUT', '/api/session/password', { as: { cookie: first }, body });
    const [ofFirst, ofOther] = [opened(first), opened(await signIn(password))];
    await test.call('DELETE', '/api/session', { as: { cookie: first } });
    expect(await ofFirst).toBe(4401);
    await test.call('PATCH', `/api/access/users/${user.user.id}`, { body: { role: 'viewer' } });
    expect(await ofOther).toBe(4403);
  });
});

describe('live values', () => {
  type LiveSocket = WebSocket & { heard: Record<string, unknown>[] };
  async function listen(headers: Record<string, string>, first: string): Promise<LiveSocket> {
    const socket = (await test.assembly.app.injectWS('/api/live', { headers })) as unknown as LiveSocket;
    socket.heard = [];
    socket.on('message', (raw) => socket.heard.push(JSON.parse(String(raw)) as Record<string, unknown>));
    socket.send(first);
    return socket;
  }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}` });
  const sites = ({ heard }: LiveSocket) =>
    heard.flatMap(({ data }) => (data ? [(data as { siteId: string }).siteId] : []));
  const subscribe = (...topics: string[]) => JSON.stringify({ subscribe: topics });

  it('reach who subscribed, until that one leaves', async () => {
    const { live } = test.host;
    const socket = await listen(bearer(test.assembly.operatorToken), subscribe('toys:bear'));
    await expect.poll(() => live.hasListeners('toys:bear')).toBe(true);
    live.publish('toys:bear', { height: 1 });
    live.publish('toys:duck', { height: 2 });
    await expect
      .poll(() => socket.heard)
      .toEqual([{ subscribed: ['toys:bear'] }, { topic: 'toys:bear', data: { height: 1 } }]);
    socket.send(JSON.stringify({ unsubscribe: ['toys:bear'] }));
    await expect.poll(() => live.hasListeners('toys:bear')).toBe(false);
    socket.send(subscribe('toys:bear'));
    await expect.poll(() => live.hasListeners('toys:bear')).toBe(true);
    socket.terminate();
    await expect.poll(() => live.hasListeners('toys:bear')).toBe(false);
  });

  it('are refused to who may not hear them, and where there is no such topic', async () => {
    const socket = await listen(bearer(await test.token('viewer')), subscribe('toys:bear', 'ghosts:one', 'nonsense'));
    await expect.poll(() => socket.heard).toHaveLength(3);
    expect(socket.heard).toEqual([
      { topic: 'toys:bear', error: 'right is lost. Look again.' },
      { topic: 'ghosts:one', error: expect.stringMatching(/^No live topic is called ghosts:one\./) },
      { topic: 'nonsense', error: expect.stringMatching(/^No live topic is called nonsense\./) },
    ]);
    expect(test.host.live.hasListeners('toys:bear')).toBe(false);
    socket.terminate();
  });

  it('answer what is not JSON with an error', async () => {
    const socket = await listen(bearer(test.assembly.operatorToken), 'hello');
    await expect.poll(() => socket.heard).toEqual([{ error: 'not JSON' }]);
    for (const odd of ['null', '7', '[]', '{"subscribe":7}', '{"subscribe":[7]}']) socket.send(odd);
    socket.send(subscribe('toys:bear'));
    await expect.poll(() => test.host.live.hasListeners('toys:bear')).toBe(true);
    socket.terminate();
  });

  it('end with the session, the token or the account that they were opened with', async () => {
    const closed = (socket: LiveSocket) =>
      new Promise<number>((resolve) => socket.addEventListener('close', ({ code }) => resolve(code), { once: true }));
    const { body: user } = await test.call('POST', '/api/access/users', { body: { name: 'liu', role: 'viewer' } });
    const signIn = async (password: string) => {
      const { headers } = await test.call('POST', '/api/session', { as: 'nobody', body: { name: 'liu', password } });
      return { cookie: String(headers['set-cookie']).split(';')[0]! };
    };
    const password = 'steam and copper pipes';
    const first = await signIn(user.password);
    await test.call('PUT', '/api/session/password', { as: first, body: { current: user.password, next: password } });

    const session = await listen(first, subscribe('jobs:all'));
    const other = await listen(await signIn(password), subscribe('jobs:all'));
    const sessionClosed = closed(session);
    expect((await test.call('DELETE', '/api/session', { as: first })).status).toBe(204);
    expect(await sessionClosed).toBe(4401);
    expect(other.readyState).toBe(other.OPEN);
    const otherClosed = closed(other);
    await test.call('PATCH', `/api/access/users/${user.user.id}`, { body: { disabled: true } });
    expect(await otherClosed).toBe(4401);

    const token = await test.call('POST', '/api/access/tokens', {
      body: { name: 'wall', role: 'viewer', scopes: ['*'] },
    });
    const wall = await listen(bearer(token.body.secret), subscribe('jobs:all'));
    const wallClosed = closed(wall);
    await test.call('DELETE', `/api/access/tokens/${token.body.token.id}`);
    expect(await wallClosed).toBe(4401);
  });

  it('stop for what a person may not hear any more', async () => {
    const { body: user } = await test.call('POST', '/api/access/users', { body: { name: 'gao', role: 'viewer' } });
    const sign = await test.call('POST', '/api/session', {
      ...{ as: 'nobody' as const, body: { name: 'gao', password: user.password } },
    });
    const cookie = String(sign.headers['set-cookie']).split(';')[0]!;
    const body = { current: user.password, next: 'steam and copper pipes' };
    await test.call('PUT', '/api/session/password', { as: { cookie }, body });
    const [here, there] = [newId(), newId()];
    const socket = await listen({ cookie }, subscribe('jobs:all'));
    const { live } = test.host;
    const tell = (siteId: string) =>
      live.publish('jobs:all', { siteId }, ({ siteIds }) => !siteIds || siteIds.includes(siteId));
    const heard = () => sites(socket);
    await expect
      .poll(() => {
        tell(there);
        return heard();
      })
      .toContain(there);
    await test.call('PATCH', `/api/access/users/${user.user.id}`, { body: { siteIds: [here] } });
    await new Promise((resolve) => setTimeout(resolve, 200));
    socket.heard = [];
    tell(there);
    tell(here);
    await expect.poll(heard).toEqual([here]);
    socket.terminate();
  });

  it('need a session', async () => {
    await expect(test.assembly.app.injectWS('/api/live')).rejects.toThrow('401');
  });

  it('of jobs reach only those with rights on the job’s site', async () => {
    const [here, there] = [newId(), newId()];
    const limited = await listen(bearer(await test.token('viewer', { siteIds: [here] })), subscribe('jobs:all'));
    const free = await listen(bearer(await test.token('viewer')), subscribe('jobs:all'));
    const hub = test.host.live as unknown as { hasListeners(topic: string): boolean };
    await expect.poll(() => hub.hasListeners('jobs:all')).toBe(true);
    await new Promise((resolve) => setTimeout(resolve, 100)); // Both, not only the first.
    test.host.jobs.define({ type: 'toys.play', schema: z.object({}), run: async () => undefined });
    for (const siteId of [there, here]) {
      const { id } = await test.host.jobs.enqueue(operatorActor, 'toys.play', {}, { siteId });
      await test.jobEnd(id);
    }
    await expect.poll(() => sites(free)).toEqual([there, there, here, here]);
    expect(sites(limited)).toEqual([here, here]);
    limited.terminate();
    free.terminate();
  });
});
